/** A merge is judged like a command: by who merged, and by what is known of the head that was merged. */
import type { GitHubRequest } from "../../../src/github/client.ts";
import { fail } from "../../../src/model/errors.ts";
import type { GateState } from "../../../src/model/gate.ts";
import { shortId } from "../../../src/model/plan.ts";
import { type MergeCause, pullsOf, type Run } from "../../../src/model/run.ts";
import { shortSha } from "../../../src/text/sha.ts";
import { evaluateGates } from "../../gates/evaluate.ts";
import { readPerson } from "../../gates/facts/person.ts";
import { MERGE_QUEUE, type PullFacts, readPull, whoQueued } from "../../gates/facts/pull.ts";
import { environment } from "../../gates/environment.ts";
import { readEnvironments } from "../../gates/facts/environment.ts";
import { permission } from "../../gates/permission.ts";
import type { Services } from "../../services/services.ts";
import { stageBranch } from "../../stacks/branch.ts";
import { environmentsRead } from "../../stacks/environment.ts";
import type { Settings, StageSettings } from "../../../src/settings/schema.ts";

export interface MergeJudging {
  readonly settings: Settings;
  readonly stage: StageSettings;
  /** The digest of the plan that is about to be carried out. */
  readonly planned: () => string | undefined;
  /** The pull requests whose reviews say all that the plan does, where no single one of them is the plan. */
  readonly seenOn: () => readonly number[] | undefined;
  /** The digest of the plan of another commit of the stack, as AWS is now. */
  readonly digestOf: (sha: string) => Promise<string>;
}

/**
 * Throws `GATE_CLOSED` when the merge does not pass the stage's gates. The plan's own gate is not among them: apply compares the plan.
 * Where a comment is all that says which plan was reviewed (the Action's; inside a workflow), the merged head is planned once more: an
 * edited comment then applies nothing but what was approved. Throws `PLAN_NOT_REVIEWED` when that is another plan.
 */
export async function judgeMerge(
  services: Services,
  request: GitHubRequest,
  run: Run,
  cause: MergeCause,
  judging: MergeJudging,
): Promise<void> {
  const { stack, planId } = run;
  const seenOn = judging.seenOn();
  const numbers = [...new Set([...pullsOf(cause), ...(seenOn ?? [])])];
  const pulls = await Promise.all(numbers.map((number) => readPull(request, stack.repository, number)));
  const gates =
    pulls.length === 0
      ? await gatesOfPush(services, request, run, { cause, ...judging })
      : await Promise.all(
          pulls.map((pull) => gatesOfMerge(services, request, run, { cause, pull, ...judging })),
        );
  const closed = gates.flat().filter(({ passed }) => !passed);
  if (closed.length > 0)
    fail("GATE_CLOSED", closed.map(({ gate, state }) => `${gate}: ${state}`).join("; "), {
      hint: `Nothing was changed: the merge does not pass the gates of ${stack.stage}. ${closed[0]?.next ?? ""}`.trim(),
    });
  const [newest] = pulls;
  const planned = judging.planned();
  if (newest === undefined || planId === undefined || planned === undefined || seenOn !== undefined) return;
  if (await isOnRecord(services, run, pulls, planned)) return;
  const digest = await judging.digestOf(newest.headSha);
  if (digest !== planned)
    fail(
      "PLAN_NOT_REVIEWED",
      `the merge's plan is ${shortId(planned)}; that of the approved ${shortSha(newest.headSha)} is ${shortId(digest)}`,
      { hint: `Nothing was changed. Send \`/plan -s ${stack.stage}\`, look at it and apply it by its id.` },
    );
}

/** The bot itself has made this plan of one of the merged heads. */
async function isOnRecord(
  services: Services,
  { stack }: Run,
  pulls: readonly PullFacts[],
  digest: string,
): Promise<boolean> {
  if (!services.keepsRecords) return false;
  const records = await Promise.all(
    pulls.map(async ({ number, headSha }) => {
      const own = await services.store.reviewedPlan(stack, number);
      return own?.digest === digest && own.sha === headSha;
    }),
  );
  return records.includes(true);
}

interface Merged extends Pick<MergeJudging, "settings" | "stage"> {
  readonly cause: MergeCause;
  readonly pull: PullFacts;
}

async function gatesOfMerge(
  services: Services,
  request: GitHubRequest,
  { stack, sha, planId }: Run,
  { cause, pull, settings, stage }: Merged,
): Promise<readonly GateState[]> {
  const merger = pull.mergedBy ?? cause.login;
  const queuer = merger === MERGE_QUEUE ? await whoQueued(request, stack.repository, pull.number) : undefined;
  const login = queuer ?? merger;
  const queued = login === MERGE_QUEUE && stage.allowed === undefined;
  const gates = stage.gates.filter(
    (gate) => (gate === "permission" && !queued) || gate === "approved" || gate === "checks",
  );
  const { repository } = stack;
  const decision = await evaluateGates(
    { services, request, repository, settings, pull, login },
    {
      command: "other",
      target: { stack, stage },
      gates,
      reviewed: undefined,
      // A plan that was reviewed shows all that the merge does. Where none is compared, it may bring what was merged before it, and refused.
      mergedTo: planId === undefined ? sha : undefined,
    },
  );
  return decision.gates.filter(({ gate }) => gate === "environment" || gates.some((name) => name === gate));
}

/** Of a push without a pull request there is nobody who approved it; its checks have hardly begun. */
async function gatesOfPush(
  services: Services,
  request: GitHubRequest,
  { stack, sha }: Run,
  { cause: { login }, settings, stage }: Omit<Merged, "pull">,
): Promise<readonly GateState[]> {
  const states: GateState[] = [permission(await readPerson(request, stack.repository, login, stage.allowed))];
  if (stage.gates.includes("approved"))
    states.push({
      gate: "approved",
      passed: false,
      state: `${shortSha(sha)} was pushed without a pull request, so nobody approved it`,
      next: "Open a pull request for it, or leave `approved` out of the stage's `gates`.",
    });
  const { repository } = stack;
  const environments = !services.keepsRecords
    ? undefined
    : await readEnvironments(request, repository, {
        names: environmentsRead(settings, stack),
        branch: stageBranch(repository, stage),
        login,
        headSha: sha,
        reviews: [],
        isReviewed: false,
        pushed: { sha },
      }).catch((): "unknown" => "unknown");
  const now = new Date(services.clock.now());
  const rules = environment({ environments, headSha: sha, login, now });
  return rules === undefined ? states : [...states, rules];
}
