/**
 * A preview whose project got another name, or whose settings another account or region, leaves everything behind where it was: its tags
 * are no longer those that are looked for. So it is recorded where each of its stacks is, and what is elsewhere than the plan's is deleted
 * first: afterwards would be too late, because names in AWS would still be taken.
 */
import type { ConnectedAws } from "../../../src/aws/connect.ts";
import { identify } from "../../../src/aws/identity.ts";
import { destroyStack, type ApplyOptions } from "../../../src/engine/apply-stack.ts";
import { loadStack, type StackOptions } from "../../../src/engine/stack.ts";
import type { GitHubRequest } from "../../../src/github/client.ts";
import { fail } from "../../../src/model/errors.ts";
import type { Plan } from "../../../src/model/plan.ts";
import { removesAll, type Run } from "../../../src/model/run.ts";
import { type Settings, type StageSettings, stageSchema } from "../../../src/settings/schema.ts";
import type { Services } from "../../services/services.ts";
import type { PreviewStack } from "../../services/store.ts";
import { commitSource, stackOptions } from "../../stacks/options.ts";

interface Moving {
  readonly services: Services;
  readonly request: GitHubRequest;
  readonly settings: Settings;
  readonly run: Run;
}

/** What is asked and told while something is deleted. */
interface Watching extends Pick<ApplyOptions, "beforeWrite" | "signal"> {
  readonly onLog: (text: string) => void;
  /** Why the first write was refused, if it was. */
  readonly refused: () => unknown;
}

/** Deletes what the preview's stack has elsewhere than where its run is about to work. Throws what keeps it from that. */
export async function deleteMoved(
  moving: Moving,
  options: StackOptions,
  aws: ConnectedAws,
  watching: Watching,
): Promise<void> {
  const known = await moving.services.store.previewStacks(moving.run.stack);
  if (known.length === 0) return;
  const [{ account }, { projectName: name }] = await Promise.all([
    identify(aws, options.expectedAccount),
    loadStack(options, aws),
  ]);
  for (const old of elsewhere(known, { account, region: aws.region, name }))
    await deleteOne(moving, old, watching);
}

/** Those that are not at the place. Pure. */
export function elsewhere(
  known: readonly PreviewStack[],
  now: Pick<PreviewStack, "account" | "region" | "name">,
): readonly PreviewStack[] {
  return known.filter(
    ({ account, region, name }) => account !== now.account || region !== now.region || name !== now.name,
  );
}

/** The stack of a plan as it is recorded: before the first write, so that nothing is there that no record knows. */
export function previewStackOf(
  { stack, sha }: Pick<Run, "stack" | "sha">,
  settings: StageSettings,
  { stack: { account, region, projectName: name } }: Pick<Plan, "stack">,
): PreviewStack {
  return { stack, account, region, name, sha, settings };
}

async function deleteOne(
  { services, request, settings, run }: Moving,
  old: PreviewStack,
  { beforeWrite, signal, onLog, refused }: Watching,
): Promise<void> {
  // By the name that the repository has now.
  const { stack } = run;
  const { account, region, name } = old;
  const where = `project "${name}" in account ${account}, ${region}`;
  onLog(`the preview was ${where}: that is deleted first`);
  const stage = { ...stageSchema.parse(old.settings), region };
  const session = { runId: run.id, pull: run.cause.by === "preview" ? run.cause.pull : undefined, signal };
  const aws = services.aws(stack, stage, "apply", session);
  const then = { ...settings, stages: { ...settings.stages, [stack.stage]: stage } };
  const { baseSha } = old;
  const options: StackOptions = {
    ...stackOptions(services, request, then, stack, old.sha, aws, signal),
    // The settings may have given it another one since.
    projectName: name,
    expectedAccount: account,
    base: baseSha === undefined ? undefined : commitSource(request, stack.repository, baseSha),
  };
  const { succeeded, results } = await destroyStack(options, aws, { beforeWrite, signal });
  if (refused() !== undefined) throw refused();
  if (!succeeded) {
    // Whoever was stopped has not failed.
    signal?.throwIfAborted();
    const [first] = results.flatMap(({ error }) => error ?? []);
    fail(
      "PREVIEW_LEFT",
      `what the preview had as ${where} could not be deleted: ${first?.message ?? "AWS did not say why"}`,
      {
        hint: [
          ...(removesAll(run) ? [] : ["Nothing else was changed."]),
          ...(first?.hint === undefined ? [] : [first.hint]),
          "`/preview` or `/preview off` tries it again.",
        ].join(" "),
      },
    );
  }
  await services.store.releaseStack({
    repositoryId: stack.repository.id,
    account,
    region,
    stage: stack.stage,
    name,
  });
  // Last: what is still known is deleted again.
  await services.store.forgetPreviewStack(old);
}
