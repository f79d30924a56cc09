/** The last look before the first write: what was true when the run was asked for may no longer be. */
import { fail } from "../../../src/model/errors.ts";
import type { GitHubRequest } from "../../../src/github/client.ts";
import type { CommandCause, Hold, Run } from "../../../src/model/run.ts";
import type { GateName } from "../../../src/model/gate.ts";
import { readHold } from "../../gates/facts/hold.ts";
import { shortSha } from "../../../src/text/sha.ts";
import { evaluateGates } from "../../gates/evaluate.ts";
import { type PullFacts, readPull } from "../../gates/facts/pull.ts";
import { heldError } from "../../gates/hold.ts";
import type { Services } from "../../services/services.ts";
import { sharedReads } from "../../services/shared-reads.ts";
import { branchHead, stageBranch } from "../../stacks/branch.ts";
import type { StageSettings } from "../../../src/settings/schema.ts";
import { judgeMerge, type MergeJudging } from "./judge-merge.ts";
import { checkNotOvertaken } from "./order.ts";
import { checkPreview } from "./preview.ts";
import { once } from "../../../src/model/promises/once.ts";

interface Judging extends MergeJudging {
  readonly resuming: boolean;
}

/**
 * A push, a merge or a withdrawn approval while the run waited or planned makes the review void. A run that a dead process began goes on:
 * half of a reviewed plan is worse than all of it. Looks once, however often it is called.
 */
export function lastLook(
  services: Services,
  github: GitHubRequest,
  run: Run,
  judging: Judging,
): () => Promise<void> {
  return once(async () => {
    if (judging.resuming) return;
    const request = sharedReads(github);
    await checkNotOvertaken(request, run, judging.stage.branch);
    if (run.cause.by === "preview") return checkPreview(services, request, run, run.cause, judging.stage);
    if (run.cause.by === "merge") return judgeMerge(services, request, run, run.cause, judging);
    if (run.cause.by !== "command") return;
    if (run.cause.rollback === true) return checkRollback(services, request, run, run.cause, judging);
    if (run.cause.onIssue === true) return checkBranch(request, run, judging.stage);
    await checkCommand(services, request, run, run.cause, judging);
  });
}

async function checkCommand(
  services: Services,
  request: GitHubRequest,
  run: Run,
  cause: CommandCause,
  { settings, stage }: Judging,
): Promise<void> {
  const { repository } = run.stack;
  const pull = await readPull(request, repository, cause.pull);
  await checkHead(request, run, pull, stage);
  const gates = stage.gates.filter((gate) => gate === "permission" || gate === "approved");
  await checkGates(services, request, run, cause, { settings, stage, pull, gates });
  const { stack, sha } = run;
  if (pull.state === "open") await takeHold(services, { stack, pull: cause.pull, login: cause.login, sha });
}

interface GatesNow extends Pick<Judging, "settings" | "stage"> {
  readonly pull: PullFacts;
  readonly gates: readonly GateName[];
}

async function checkGates(
  services: Services,
  request: GitHubRequest,
  { stack, sha }: Run,
  { login, rollback }: CommandCause,
  { settings, stage, pull, gates }: GatesNow,
): Promise<void> {
  const decision = await evaluateGates(
    { services, request, repository: stack.repository, settings, pull, login },
    {
      command: rollback === true ? "rollback" : "other",
      target: { stack, stage },
      gates,
      reviewed: undefined,
      // The same as at the command: a rollback, or the branch of a closed pull request.
      branchSha: rollback === true || pull.state === "closed" ? sha : undefined,
    },
  );
  const closed = decision.gates.find(({ passed }) => !passed);
  if (closed !== undefined)
    fail("GATE_CLOSED", `${closed.gate} has closed since the command: ${closed.state}`, {
      hint: `Nothing was changed. ${closed.next ?? ""}`.trim(),
    });
}

/**
 * Of a rollback the plan's id says whether it still is what was looked at. Unless it ends where the branch is, or only takes back what its own
 * pull request applied, it holds the stack until `/release`: the next merge would bring back what was undone.
 */
async function checkRollback(
  services: Services,
  request: GitHubRequest,
  run: Run,
  cause: CommandCause,
  { settings, stage }: Judging,
): Promise<void> {
  const { stack, sha } = run;
  const { repository } = stack;
  const { pull, login } = cause;
  await checkGates(services, request, run, cause, {
    settings,
    stage,
    pull: await readPull(request, repository, pull),
    gates: ["permission"],
  });
  const held = await readHold(services, request, stack);
  const isOwn = held?.pull === pull && held.closedAt === undefined && held.rollback !== true;
  const head = await branchHead(request, repository, stageBranch(repository, stage));
  if (isOwn) return takeHold(services, { stack, pull, login, sha });
  if (head !== sha) return takeHold(services, { stack, pull, login, sha, rollback: true });
}

/** The run is of the pull request's head, or, once it is closed, of the branch's. */
async function checkHead(
  request: GitHubRequest,
  run: Run,
  pull: PullFacts,
  stage: StageSettings,
): Promise<void> {
  const { repository } = run.stack;
  const branch = stageBranch(repository, stage);
  const head = pull.state === "open" ? pull.headSha : await branchHead(request, repository, branch);
  if (head === run.sha) return;
  const why =
    pull.state === "open"
      ? `${shortSha(head)} was pushed`
      : run.sha === pull.headSha
        ? `the pull request was ${pull.merged ? "merged" : "closed"}`
        : `${branch} moved to ${shortSha(head)}`;
  fail("HEAD_MOVED", `${why} after the command for ${shortSha(run.sha)}`, {
    hint: "Nothing was changed. Review the new plan and apply that one.",
  });
}

/** From the first write to its merge the pull request holds the stack. */
async function takeHold({ store }: Services, wanted: Omit<Hold, "since" | "closedAt">): Promise<void> {
  if (await store.takeHold(wanted)) return;
  const { code, message, hint } = heldError((await store.holdOf(wanted.stack)) ?? wanted);
  fail(code, message, { hint });
}

/** A drift issue's plan is of the head that the stage's branch had at the time of the command. */
async function checkBranch(
  request: GitHubRequest,
  { stack: { repository }, sha }: Run,
  stage: StageSettings,
): Promise<void> {
  const branch = stageBranch(repository, stage);
  const head = await branchHead(request, repository, branch);
  if (head === sha) return;
  fail("HEAD_MOVED", `${shortSha(head)} was pushed to ${branch} after the command`, {
    hint: "Nothing was changed. `/drift` compares AWS with the new head.",
  });
}
