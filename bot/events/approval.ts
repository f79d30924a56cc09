/**
 * An approval: where the server has no plan of that head on record, it makes one quietly, so that the merge has something to be compared
 * with that nobody can edit. The check `gatewright` shows it.
 */
import { userErrors } from "../../src/model/errors.ts";
import { isDigest } from "../../src/model/plan.ts";
import type { RepositoryRef } from "../../src/model/repository.ts";
import type { RunRequest } from "../../src/model/run.ts";
import { own } from "../../src/model/own.ts";
import { askPermission, canWrite } from "../gates/facts/permission.ts";
import { readPull } from "../gates/facts/pull.ts";
import { groupId } from "../services/group.ts";
import type { Services } from "../services/services.ts";
import { sharedReads } from "../services/shared-reads.ts";
import { isBare } from "../stacks/bare.ts";
import { stageBranch } from "../stacks/branch.ts";
import { changedTargets } from "../stacks/changed.ts";
import { targetsWithGone } from "../stacks/gone.ts";
import { loadSettings } from "../stacks/settings/load.ts";
import { stagesInOrder } from "../../src/settings/parse.ts";
import type { Target } from "../stacks/targets.ts";

export interface Approval {
  readonly repository: RepositoryRef;
  readonly pull: number;
  readonly login: string;
  /** The commit that was approved. */
  readonly sha: string;
}

/** Stages under the rule `reviewed` only: under the others a merge is compared with no plan. A fork's spec is planned by `/plan` only. */
export async function onApproval(
  services: Services,
  { repository, pull: number, login, sha }: Approval,
): Promise<void> {
  if (!services.keepsRecords) return;
  const request = sharedReads(await services.github(repository));
  const pull = await readPull(request, repository, number);
  // What was pushed since was approved by nobody.
  if (pull.state !== "open" || pull.draft || pull.fork || pull.headSha !== sha) return;
  const { settings } = await loadSettings(services, repository);
  if (await isBare(request, repository, settings, [pull.headSha, pull.baseSha])) return;
  if (!canWrite(await askPermission(request, repository, login))) return;
  const requests: RunRequest[] = [];
  for (const name of stagesInOrder(settings)) {
    const stage = own(settings.stages, name);
    if (stage?.apply !== "reviewed" || stageBranch(repository, stage) !== pull.baseRef) continue;
    const where = { sha: pull.headSha, base: pull.baseSha };
    const all = await targetsWithGone(request, repository, settings, name, where).catch(none);
    for (const { stack, gone } of await changedTargets(request, repository, all, number)) {
      const known = await services.store.reviewedPlan(stack, number);
      if (known !== undefined && known.sha === pull.headSha && isDigest(known.digest)) continue;
      requests.push({
        group: groupId("approval", repository.id, number, pull.headSha, name),
        stack,
        kind: "plan",
        cause: { by: "approval", login, pull: number },
        sha: pull.headSha,
        goneFrom: gone,
        baseSha: pull.baseSha,
        adopt: await services.store.adoptedNames(stack, number),
      });
    }
  }
  if (requests.length > 0) await services.enqueue(requests);
}

/** A stage without a stack at this commit. What else is wrong is said by the head's check and by `/plan`. */
function none(error: unknown): readonly Target[] {
  if (userErrors(error) === undefined) throw error;
  return [];
}
