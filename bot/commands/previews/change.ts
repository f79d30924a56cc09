/**
 * Brings a pull request's preview to what is wanted of it now. Whatever happened, GitHub is asked how the pull request stands: events may
 * come late, twice, or never. What is wanted is stored first and then queued; after a crash in between, the next look queues it.
 */
import type { GitHubRequest } from "../../../src/github/client.ts";
import { previewStage } from "../../../src/model/stage.ts";
import type { RepositoryRef } from "../../../src/model/repository.ts";
import type { RunSummary } from "../../../src/model/run.ts";
import { isEnded } from "../../../src/model/run-states.ts";
import { lifetimeOf } from "../../../src/settings/preview.ts";
import type { Settings } from "../../../src/settings/schema.ts";
import { stageOf } from "../../../src/settings/stages.ts";
import { readPull } from "../../gates/facts/pull.ts";
import { announceRuns } from "../../reports/announce.ts";
import type { Services } from "../../services/services.ts";
import type { Preview } from "../../services/store.ts";
import { loadSettings } from "../../stacks/settings/load.ts";
import type { Target } from "../../stacks/targets.ts";
import { decidePreview, type Occasion, type Wish } from "./decide.ts";
import { type Asking, previewGroup, previewRequests, previewTargets, withoutRemoved } from "./stacks.ts";

/** How the preview stands afterwards; undefined where there never was one. Throws what is wrong with the settings or the spec's place. */
export async function changePreview(
  services: Services,
  repository: RepositoryRef,
  number: number,
  occasion: Occasion,
  asking: Asking = {},
): Promise<Preview | undefined> {
  const request = await services.github(repository);
  for (;;) {
    // Before GitHub is asked: what somebody else stores meanwhile, who may know of a later close or push, is not replaced.
    const known = await services.store.previewOf(repository.id, number);
    const settings = asking.settings ?? (await loadSettings(services, repository)).settings;
    const pull = await readPull(request, repository, number);
    const now = services.clock.now();
    const wish = decidePreview({ settings: settings.preview, pull, known, occasion, now });
    if (wish === undefined) {
      if (known === undefined || known.goneAt !== undefined) return known;
      const runs = await services.store.listRuns({ group: previewGroup(known), limit: 1000 });
      const retried = retryOf(known, runs, now);
      if (retried === undefined) {
        if (isDeleted(known, runs)) await services.store.endPreview(known);
        else await queue(services, request, settings, known, asking);
        return known;
      }
      if (await services.store.setPreview(retried))
        return queue(services, request, settings, retried, asking);
      continue;
    }
    const next = await nextOf(services, request, settings, {
      repository,
      number,
      known,
      wish,
      now,
      headSha: pull.headSha,
      occasion,
    });
    if (await services.store.setPreview(next.preview))
      return queue(services, request, settings, next.preview, asking, next.targets);
  }
}

/** Deletes one that no record asks for. Nothing when somebody else was faster. */
export async function deletePreview(
  services: Services,
  request: GitHubRequest,
  settings: Settings,
  preview: Preview,
): Promise<void> {
  if (await services.store.setPreview(preview)) await queue(services, request, settings, preview, {});
}

interface Deciding {
  readonly repository: RepositoryRef;
  readonly number: number;
  readonly known: Preview | undefined;
  readonly wish: Wish;
  readonly now: number;
  readonly headSha: string;
  readonly occasion: Occasion;
}

async function nextOf(
  services: Services,
  request: GitHubRequest,
  settings: Settings,
  { repository, number, known, wish, now, headSha, occasion }: Deciding,
): Promise<{ readonly preview: Preview; readonly targets: readonly Target[] }> {
  const version = (known?.version ?? 0) + 1;
  const changedAt = new Date(now);
  const asked = occasion.kind === "command" ? { asked: occasion.key } : {};
  if (!wish.wanted) {
    if (known === undefined) throw new Error("a preview that was never made is to be deleted");
    const { why } = wish;
    // The repository may have another name now.
    return {
      preview: { ...known, repository, ...asked, version, wanted: false, why, changedAt },
      targets: [],
    };
  }
  const targets = await previewTargets(request, settings, { repository, pull: number }, headSha);
  const isNew = known === undefined || known.goneAt !== undefined;
  // Its last directory stays: a preview that is switched off has something to delete then.
  const before = isNew
    ? []
    : targets.length === 0
      ? known.directories
      : await withoutRemoved(services, known);
  const lifetime = settings.preview === undefined ? 0 : lifetimeOf(settings.preview);
  const preview: Preview = {
    repository,
    pull: number,
    version,
    wanted: true,
    why: wish.why,
    login: wish.login,
    ...asked,
    sha: headSha,
    expiresAt: new Date(now + lifetime),
    stage: stageOf(settings, previewStage(number)),
    directories: [...new Set([...before, ...targets.map(({ stack }) => stack.directory)])],
    changedAt,
  };
  return { preview, targets };
}

/** A deletion that failed is tried again after this long, by whoever looks. */
const RETRY_MS = 30 * 60_000;

function retryOf(known: Preview, runs: readonly RunSummary[], now: number): Preview | undefined {
  if (known.wanted || now - known.changedAt.getTime() < RETRY_MS) return undefined;
  const failed = runs.length > 0 && runs.every(({ state }) => isEnded(state)) && !runs.every(isDone);
  return failed ? { ...known, version: known.version + 1, changedAt: new Date(now) } : undefined;
}

/** Whoever reports the runs stores this too, unless GitHub took no report for so long that it was given up. */
function isDeleted({ wanted }: Preview, runs: readonly RunSummary[]): boolean {
  return !wanted && runs.length > 0 && runs.every(isDone);
}

const isDone = ({ state }: RunSummary): boolean => state === "succeeded";

/** Queues the runs of the newest version, unless they are. */
async function queue(
  services: Services,
  request: GitHubRequest,
  settings: Settings,
  preview: Preview,
  asking: Asking,
  known?: readonly Target[],
): Promise<Preview> {
  const { store } = services;
  const [queued] = await store.listRuns({ group: previewGroup(preview), limit: 1 });
  if (queued !== undefined) return preview;
  if (!preview.wanted) await stopApplies(services, preview);
  const targets =
    known ?? (preview.wanted ? await previewTargets(request, settings, preview, preview.sha) : []);
  const requests = await previewRequests(services, preview, targets, asking);
  if (requests.length === 0) await store.endPreview(preview);
  else {
    await announceRuns(services, requests);
    await services.enqueue(requests);
  }
  return (await store.previewOf(preview.repository.id, preview.pull)) ?? preview;
}

/**
 * What is to be deleted need not be finished first: what waits ends at once, what runs ends after its step. What a newer version has asked
 * for meanwhile goes on.
 */
async function stopApplies(
  { store }: Services,
  { repository, pull, version, directories }: Preview,
): Promise<void> {
  for (const directory of directories) {
    const stack = { repository, stage: previewStage(pull), directory };
    for (const { id, kind, cause } of await store.listRuns({
      stack,
      states: ["queued", "running"],
      limit: 100,
    }))
      if (kind === "apply" && cause.by === "preview" && cause.version < version)
        await store.requestCancel(id);
  }
}
