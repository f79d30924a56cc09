/**
 * A merge right after another one of the same stack: its plan as a whole is not the one that was reviewed, because AWS or the branch has
 * more by now. It may be applied when all that it does was seen, and all that was seen is what it does (decision 20).
 */
import { shownFacts, seenDigest } from "../../src/engine/plan/identity/facts.ts";
import type { Planning } from "../../src/engine/plan/planning.ts";
import { fail } from "../../src/model/errors.ts";
import { pullsOf, type Run, type RunSummary } from "../../src/model/run.ts";
import type { StageSettings } from "../../src/settings/schema.ts";
import type { ReviewedPlan } from "../services/store.ts";
import { stageBranch } from "../stacks/branch.ts";
import { hasChangedStack } from "../stacks/changed.ts";
import { mergedPulls } from "../stacks/merged-pulls.ts";
import { mapLimited } from "../../src/model/promises/map-limited.ts";
import { deployedSha, lastApplied } from "./facts/needs.ts";
import { readPull } from "./facts/pull.ts";
import { isTakenBack } from "./facts/rollback.ts";
import type { RepositoryContext } from "../services/services.ts";
import { isUsedUp, plansOfHead } from "./reviewed-merge.ts";

/** More pull requests of one stack at once are looked at by a person: each costs a plan. */
const MOST_PULLS = 10;
/** Requests for the files of pull requests. */
const SIDE_BY_SIDE = 5;

type Facts = ReadonlySet<string>;

/** What the reviewer of a plan saw that it does. */
type Seen = { readonly facts: Facts } | { readonly digest: string };

/** A merged pull request, as far as the stack is concerned. */
export interface MergedPlans {
  /** What its approved head asks for now, with the values that are not shown. */
  readonly asked: Facts;
  /** The same as people would see it. */
  readonly askedShown: Facts;
  /** Missing where no plan of the head was ever made. */
  readonly seen?: Seen | undefined;
}

/**
 * Whether a merge does what its reviewers saw, and nothing else. Every fact of it must be one that an approved head asks for, which an edited
 * comment or a masked value cannot hide, and one that was shown on a pull request; and each fact that was shown must be one of it. Pure.
 */
export function isAllSeen(
  { plan, facts }: Pick<Planning, "plan" | "facts">,
  merged: readonly MergedPlans[],
): boolean {
  if (!isWithin(facts, union(merged.map(({ asked }) => asked)))) return false;
  const shown = shownFacts(plan);
  const whole = merged.flatMap(({ seen }) => (seen !== undefined && "digest" in seen ? [seen.digest] : []));
  // A comment says what it shows by one digest for all of it, which cannot be joined with another's.
  if (whole.length > 0)
    return merged.filter(({ seen }) => seen !== undefined).length === 1 && whole.includes(seenDigest(plan));
  const seen = merged.flatMap((one) =>
    one.seen !== undefined && "facts" in one.seen ? [one.seen.facts] : [],
  );
  // Of a head that was merged at once, only its code was looked at.
  const unplanned = merged.flatMap((one) => (one.seen === undefined ? [one.askedShown] : []));
  return isWithin(shown, union([...seen, ...unplanned])) && isWithin(union(seen), shown);
}

/** What is asked of the engine. */
interface Replanning {
  readonly stage: StageSettings;
  /** The plan of another commit of the stack, as AWS is now. */
  readonly planOf: (sha: string) => Promise<Planning>;
}

/**
 * The pull requests whose reviews say all that the merge does; undefined where somebody has to look at it. Throws `PLAN_NOT_REVIEWED` when they
 * are too many to be compared.
 */
export async function seenOn(
  context: RepositoryContext,
  run: Run,
  planning: Planning,
  { stage, planOf }: Replanning,
): Promise<readonly number[] | undefined> {
  const { stack } = run;
  const runs = await context.services.store.listRuns({ stack, limit: 100 });
  // What was undone is shown in a review that may not be used up: of an apply that failed, of a merge that was overtaken.
  if (isTakenBack(runs)) return undefined;
  const applied = runs.filter(({ state }) => state === "succeeded");
  const pulls = await pullsSince(context, run, stage, runs);
  if (pulls.length === 0) return undefined;
  if (pulls.length > MOST_PULLS)
    fail(
      "PLAN_NOT_REVIEWED",
      `the merge's plan is ${planning.plan.id}; ${pulls.length} pull requests that change the stack were merged since it was applied last, and a merge is compared with those of ${MOST_PULLS} at most`,
      {
        hint: `Nothing was changed. Look at the plan, which shows what all of them do together, and send \`/apply ${planning.plan.id} -s ${stack.stage}\` on this pull request: later merges are then compared again.`,
      },
    );
  const merged: MergedPlans[] = [];
  for (const number of pulls) {
    const plan = (await plansOfHead(context, [{ stack, stage }], number)).get(stack.directory);
    // A review that is used up says nothing any more, and neither does what the head asks for.
    if (plan !== undefined && isUsedUp({ number, digest: plan.digest }, applied)) continue;
    // Without the gate nobody need have looked at a head that nobody has planned.
    if (plan === undefined && !stage.gates.includes("approved")) continue;
    const seen = plan === undefined ? undefined : await seenIn(context, runs, plan);
    if (plan !== undefined && seen === undefined) return undefined;
    const head = plan?.sha ?? (await readPull(context.request, context.repository, number)).headSha;
    const { facts, plan: asked } = await planOf(head);
    merged.push({ asked: facts, askedShown: shownFacts(asked), seen });
  }
  return isAllSeen(planning, merged) ? pulls : undefined;
}

/** Those that change the stack and were merged since it was applied last: also one whose own run was overtaken by this. */
async function pullsSince(
  { services, request, repository }: RepositoryContext,
  { cause, sha, stack }: Run,
  stage: StageSettings,
  runs: readonly RunSummary[],
): Promise<readonly number[]> {
  const applied = services.keepsRecords ? lastApplied(runs) : await deployedSha(services, request, stack);
  const before = applied ?? runs.findLast(({ state }) => state === "overtaken")?.baseSha;
  const others =
    before === undefined
      ? []
      : await mergedPulls(request, repository, stageBranch(repository, stage), { before, after: sha });
  const own = pullsOf(cause);
  // Between two applies of a stack a large repository merges many that have nothing to do with it.
  const changed = await mapLimited(
    others.filter((number) => !own.includes(number)),
    SIDE_BY_SIDE,
    async (number) => ((await hasChangedStack(request, repository, stack.directory, number)) ? [number] : []),
  );
  return [...own, ...changed.flat()];
}

/** By the plan that the bot made, or by the digest in the comment that shows it. */
async function seenIn(
  { services }: RepositoryContext,
  runs: readonly RunSummary[],
  { digest, sha, from, seen }: ReviewedPlan,
): Promise<Seen | undefined> {
  if (from === "comment") return seen === undefined ? undefined : { digest: seen };
  for (const { id } of runs.filter((one) => one.kind === "plan" && one.sha === sha)) {
    const plan = (await services.store.getRun(id))?.plan;
    if (plan?.digest === digest) return { facts: shownFacts(plan) };
  }
  return undefined;
}

const isWithin = (some: Facts, all: Facts): boolean => [...some].every((fact) => all.has(fact));
const union = (sets: readonly Facts[]): Facts => new Set(sets.flatMap((set) => [...set]));
