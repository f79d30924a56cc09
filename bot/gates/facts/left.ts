/** What a pull request applied before it was closed without a merge, as far as AWS still has it. */
import { isPartOf } from "../../../src/github/pull-request.ts";
import { own } from "../../../src/model/own.ts";
import { place } from "../../../src/model/repository.ts";
import type { Hold, StackRef } from "../../../src/model/run.ts";
import { stageBranch } from "../../stacks/branch.ts";
import { stagesInOrder } from "../../../src/settings/parse.ts";
import { newestDeployed } from "./deployed.ts";
import { type NeedsContext, stacksOf } from "./needs.ts";
import type { PullFacts } from "./pull.ts";

/**
 * The holds of a pull request; of one stage where it is named. Without a server they are read from GitHub's deployments: those of
 * the stacks of the pull request's head, whose newest one is of this pull request and of a commit that the stage's branch has not.
 */
export async function holdsOfPull(
  context: NeedsContext,
  pull: Pick<PullFacts, "number" | "headSha">,
  stage?: string,
): Promise<readonly Hold[]> {
  const { services, repository, settings } = context;
  if (services.keepsRecords) {
    const holds = await services.store.listHolds([repository.id]);
    return holds.filter(
      ({ stack, pull: by, rollback }) =>
        by === pull.number && rollback !== true && (stage === undefined || stack.stage === stage),
    );
  }
  const names = stage === undefined ? stagesInOrder(settings) : [stage];
  const stacks = await Promise.all(names.map((name) => stacksOf(context, name, pull.headSha)));
  const found = await Promise.all(stacks.flat().map((stack) => deployedBy(context, pull.number, stack)));
  return found.filter((hold) => hold !== undefined);
}

async function deployedBy(
  { services, request, repository, settings }: NeedsContext,
  pull: number,
  stack: StackRef,
): Promise<Hold | undefined> {
  const deployed = await newestDeployed(services, request, stack);
  if (deployed?.pull !== pull || deployed.state === "inactive" || deployed.holds) return undefined;
  const { sha, login, at: since } = deployed;
  // The way back is applied on this pull request, too: then the newest commit is one of the branch.
  const branch = stageBranch(repository, own(settings.stages, stack.stage));
  if (await isPartOf(request, place(repository), branch, sha)) return undefined;
  return { stack, pull, login, sha, since };
}
