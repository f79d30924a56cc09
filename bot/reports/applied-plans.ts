/** A plan comment after its plans were applied. */
import { hasChanges, type Plan } from "../../src/model/plan.ts";
import { parseMarker } from "../../src/report/markdown/marker.ts";
import { planComment } from "../../src/report/markdown/plan/comment.ts";
import { findOwnComment, writeComment } from "./comments.ts";
import { isPlanOf } from "../gates/reviewed-plans.ts";
import { groupComment, planCommentOf } from "../services/posted.ts";
import { originOf, type Services } from "../services/services.ts";
import { pullsOf, type Run } from "../../src/model/run.ts";
import { fullName } from "../../src/model/repository.ts";

/**
 * The bot's own plan comment becomes "Applied by @x" once its plans are applied. The Action's stays as it is: GitHub lets
 * an App edit only its own comments, so the Action's is ours only where the bot runs in a workflow too.
 */
export async function markApplied(services: Services, runs: readonly Run[]): Promise<void> {
  const [first] = runs;
  if (first === undefined || first.cause.by === "schedule") return;
  const { login } = first.cause;
  // A smoke test that failed does not undo the apply.
  if (!runs.every(({ state, result }) => state === "succeeded" || result?.succeeded === true)) return;
  const stacks = runs.flatMap((run) =>
    run.plan === undefined ? [] : [{ directory: run.stack.directory, plan: run.plan }],
  );
  // Nothing was applied: what the comment says is still true.
  if (!stacks.some(({ plan }) => hasChanges(plan))) return;
  for (const pull of pullsOf(first.cause)) await markOn(services, first, stacks, login, pull);
}

async function markOn(
  services: Services,
  first: Run,
  stacks: readonly { readonly directory: string; readonly plan: Plan }[],
  login: string,
  pull: number,
): Promise<void> {
  const { repository, stage } = first.stack;
  const comment = await services.store.getPosted(groupComment(first, pull));
  const where = `${services.serverUrl}/${fullName(repository)}/pull/${pull}`;
  const isIt = (body: string): boolean => isPlanOf(stage, body);
  const request = await services.github(repository);
  const shown = await findOwnComment(services, request, repository, pull, isIt);
  const directories = new Set(stacks.map(({ directory }) => directory));
  // A comment that also shows stacks which are not applied yet must keep showing them.
  if (!parseMarker(shown?.body ?? "")?.stacks.every(({ directory }) => directories.has(directory))) return;
  await writeComment(services, {
    repository,
    issue: pull,
    ...planCommentOf(repository.id, pull, stage),
    isIt,
    body: planComment({
      stage,
      stacks,
      applied: { by: login, url: comment === undefined ? where : `${where}#issuecomment-${comment}` },
      origin: originOf(services, repository, first.sha, first.id),
    }),
  });
}
