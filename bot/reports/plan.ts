/** Reports the plans of `/plan`, `/adopt` and `/drift`: the bot's plan comment per stage, the drift issue per stack. */
import { joinMarkdown, md, type Markdown } from "../../src/text/markdown.ts";
import { hiddenName } from "../../src/text/hidden.ts";
import { COMMENT_BYTES } from "../../src/report/markdown/size-limit.ts";
import { shortened } from "../../src/text/shortened.ts";
import { planComment } from "../../src/report/markdown/plan/comment.ts";
import { answer, code, errorAnswer, withFacts } from "./reply.ts";
import { readPull } from "../gates/facts/pull.ts";
import { evaluateGates } from "../gates/evaluate.ts";
import { isPlanOf } from "../gates/reviewed-plans.ts";
import { reportDrift } from "./drift-issue.ts";
import { writeComment } from "./comments.ts";
import { reportRollbacks } from "./rollback.ts";
import { stackPlan } from "./decide/stack-plan.ts";
import { planCommentOf } from "../services/posted.ts";
import { sharedReads } from "../services/shared-reads.ts";
import { branchOf } from "../stacks/settings/branch-of.ts";
import { originOf, type Services } from "../services/services.ts";
import { loadSettings } from "../stacks/settings/load.ts";
import type { Settings } from "../../src/settings/schema.ts";
import { buildFileOf } from "../../src/settings/values.ts";
import { changedPolicyFiles } from "../../src/github/pull-request.ts";
import { place } from "../../src/model/repository.ts";
import { hasChanges } from "../../src/model/plan.ts";
import type { GateState } from "../../src/model/gate.ts";
import { isRollback, type Run } from "../../src/model/run.ts";
import { own } from "../../src/model/own.ts";

/** Runs of a merge that was not applied because its plan or its gates want a person: their plans are shown, and wait for `/apply`. */
export async function reportWaitingPlans(services: Services, runs: readonly Run[]): Promise<void> {
  const waiting = runs.filter(
    ({ plan, error }) => plan !== undefined && WAITS.has(error?.code ?? "") && hasChanges(plan),
  );
  await reportPlans(
    services,
    waiting.map((run) => ({ ...run, error: undefined })),
  );
}

const WAITS: ReadonlySet<string> = new Set(["GATE_CLOSED", "PLAN_NOT_REVIEWED"]);

/** One comment of the bot per stage and pull request, edited by every later `/plan`. */
export async function reportPlans(services: Services, runs: readonly Run[]): Promise<void> {
  const [first] = runs;
  if (first === undefined || first.cause.by === "schedule" || first.cause.pull === undefined) return;
  if (first.cause.by === "approval") return;
  if (isRollback(first.cause)) return reportRollbacks(services, runs);
  const { repository, stage } = first.stack;
  const { pull, login } = first.cause;
  const { settings } = await loadSettings(services, repository);
  const request = await services.github(repository);
  const [gates, policyFiles] = await Promise.all([
    gatesOf(services, settings, runs, { login, pull }),
    changedPolicyFiles(request, place(repository), pull),
  ]);
  await writeComment(services, {
    repository,
    issue: pull,
    ...planCommentOf(repository.id, pull, stage),
    isIt: (body) => isPlanOf(stage, body),
    body: planComment({
      stage,
      stacks: runs.map(stackPlan),
      apply: own(settings.stages, stage)?.apply,
      gates,
      policyFiles,
      buildFile: buildFileOf(settings),
      origin: originOf(services, repository, first.sha, first.id),
    }),
  });
  for (const run of runs) {
    if (run.plan === undefined) continue;
    await services.store.setReviewedPlan(run.stack, pull, { digest: run.plan.digest, sha: run.sha });
  }
}

/** How the gates stand for an `/apply` of these plans: one is open when it is for every stack. None on a closed pull request. */
async function gatesOf(
  services: Services,
  settings: Settings,
  runs: readonly Run[],
  { login, pull: number }: { readonly login: string; readonly pull: number },
): Promise<readonly GateState[]> {
  const [first] = runs;
  const stage = own(settings.stages, first?.stack.stage);
  if (first === undefined || stage === undefined) return [];
  const { repository } = first.stack;
  const request = sharedReads(await services.github(repository));
  const pull = await readPull(request, repository, number);
  if (pull.state !== "open" && !pull.merged) return [];
  // A merged one applies the branch, which has nothing to be up to date with.
  const gates = stage.gates.filter((gate) => !pull.merged || gate !== "up-to-date");
  const decisions = await Promise.all(
    runs.map(({ stack, sha, plan }) =>
      evaluateGates(
        { services, request, repository, settings, pull, login },
        {
          command: "apply",
          target: { stack, stage },
          gates,
          ...(pull.merged ? { branchSha: sha } : {}),
          reviewed: plan === undefined ? undefined : { digest: plan.digest, sha },
        },
      ),
    ),
  );
  return gates.flatMap((name) => {
    const states = decisions.flatMap((decision) => decision.gates.filter(({ gate }) => gate === name));
    return states.find(({ passed }) => !passed) ?? states[0] ?? [];
  });
}

/** With the facts of so many stacks the answer still is a comment. */
const MOST_FACTS = 100;
const DRIFT_BYTES = COMMENT_BYTES / 2;

export async function reportDrifts(services: Services, runs: readonly Run[]): Promise<void> {
  const [first] = runs;
  if (first === undefined) return;
  // All of one stage.
  const name = await branchOf(services, first.stack);
  const branch = name === first.stack.repository.defaultBranch ? md`the default branch` : code(name);
  const lines: Markdown[] = [];
  const facts: unknown[] = [];
  for (const run of runs) {
    const where = md`${code(run.stack.directory)} in ${code(run.stack.stage)}`;
    if (run.plan === undefined || run.error !== undefined) {
      lines.push(
        md`- ${where}: could not compare AWS with ${branch}\n\n${errorAnswer(run.error === undefined ? [] : [run.error])}\n`,
      );
      continue;
    }
    await reportDrift(services, run, run.plan, name);
    const { create, update, replace } = run.plan.counts;
    const differs = create + update + replace + run.plan.counts.delete;
    facts.push({ directory: run.stack.directory, stage: run.stack.stage, differs });
    lines.push(
      differs === 0
        ? md`- ${where}: AWS matches ${branch}`
        : md`- ${where}: ${differs === 1 ? md`1 resource differs` : md`${differs} resources differ`}; see the drift issue`,
    );
  }
  if (first.cause.by !== "command") return;
  const marker = hiddenName("drift", first.group);
  await writeComment(services, {
    repository: first.stack.repository,
    issue: first.cause.pull,
    kind: "drift-reply",
    key: first.group,
    isIt: (body) => body.includes(marker),
    body: md`${withFacts(shortened(answer(first.cause.login, first.text ?? "/drift", joinMarkdown(lines, "\n")), DRIFT_BYTES), "drifts", facts.slice(0, MOST_FACTS))}\n${marker}`,
  });
}
