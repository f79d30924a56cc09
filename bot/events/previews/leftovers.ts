/**
 * Previews that nobody knows any more: of a database that was lost, or of what a deletion did not reach. Found by their tags, once a day, and
 * deleted like every preview: only what is tagged as this repository's, in the stage of a pull request that is no longer open.
 */
import { type TaggedStack, taggedStacks } from "../../../src/engine/read/tagged-stages.ts";
import { previewPull, previewStage } from "../../../src/model/stage.ts";
import { fullName, type RepositoryRef } from "../../../src/model/repository.ts";
import type { Settings } from "../../../src/settings/schema.ts";
import { stageOf } from "../../../src/settings/stages.ts";
import { deletePreview } from "../../commands/previews/change.ts";
import { readPull } from "../../gates/facts/pull.ts";
import type { Services } from "../../services/services.ts";
import { messageOf } from "../../../src/model/errors.ts";

/** What fails is tried again the next day, and keeps nothing else from being done. */
export async function sweepLeftovers(
  services: Services,
  repository: RepositoryRef,
  settings: Settings,
): Promise<void> {
  const { store, clock } = services;
  // The number does not matter: the role and the region are those of all previews.
  const stage = stageOf(settings, previewStage(1));
  if (settings.preview === undefined || stage === undefined) return;
  const today = new Date(clock.now()).toISOString().slice(0, 10);
  if ((await store.claim(`preview-leftovers/${repository.id}/${today}`)) === undefined) return;
  const failed = (error: unknown, what: string): void =>
    services.log.warn(
      {
        repository: fullName(repository),
        error: messageOf(error),
      },
      what,
    );
  try {
    const stack = { repository, stage: previewStage(1), directory: "." };
    const aws = services.aws(stack, stage, "plan", { runId: "leftovers" });
    const tagged = await taggedStacks(aws, repository.id);
    for (const [name, stacks] of Map.groupBy(tagged, ({ stage }) => stage))
      await deleteLeftover(services, repository, settings, name, stacks).catch((error: unknown) =>
        failed(error, `could not delete ${name}, which nobody knows`),
      );
  } catch (error) {
    failed(error, "could not look for previews that nobody knows");
  }
}

async function deleteLeftover(
  services: Services,
  repository: RepositoryRef,
  settings: Settings,
  name: string,
  stacks: readonly TaggedStack[],
): Promise<void> {
  const number = previewPull(name);
  if (number === undefined) return;
  const known = await services.store.previewOf(repository.id, number);
  if (known !== undefined && known.goneAt === undefined) return;
  const request = await services.github(repository);
  const pull = await readPull(request, repository, number);
  // What runs for an open pull request may be wanted, whoever has forgotten it.
  if (pull.state === "open") return;
  const now = new Date(services.clock.now());
  services.log.info({ pull: number, repository: fullName(repository) }, "found a preview that nobody knew");
  await deletePreview(services, request, settings, {
    repository,
    pull: number,
    version: (known?.version ?? 0) + 1,
    wanted: false,
    why: "leftover",
    login: known?.login ?? pull.author,
    sha: known?.sha ?? pull.headSha,
    expiresAt: now,
    stage: stageOf(settings, name),
    directories: stacks.map(({ directory }) => directory),
    changedAt: now,
  });
}
