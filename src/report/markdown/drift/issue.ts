/** The issue about drift: since when AWS differs from the branch, in what, who changed it, and the two ways out of it. */
import { prose } from "../../../text/prose.ts";
import { counted, day, instant, joinMarkdown, md, type Markdown } from "../../../text/markdown.ts";
import type { Plan } from "../../../model/plan.ts";
import { codeSpan, fence } from "../../../text/escape.ts";
import { byteLength } from "../../../text/words.ts";
import { cautionsOf } from "../../cautions.ts";
import type { Origin, PlanReport } from "../../report.ts";
import { blockedBox, cautionBox, warningBox } from "../plan/alerts.ts";
import { planMarkerOf } from "../plan/comment.ts";
import { publicLine } from "../plan/public.ts";
import { applyCommand } from "../plan/section.ts";
import { sourceLine } from "../plan/title.ts";
import { COMMENT_BYTES, firstThatFits, fitting } from "../size-limit.ts";
import { type Difference, differencesInWords, differencesOf } from "./differences.ts";
import { keepLines } from "./keep.ts";
import { differenceFold, differencesTable, hasFold } from "./table.ts";
import { trailBlocks } from "./trail.ts";

export interface DriftReport {
  readonly stage: string;
  readonly directory: string;
  /** What an apply of the branch would do now. */
  readonly plan: Plan;
  readonly origin: Origin;
  /** The branch that the stage is deployed from, which AWS is compared with. */
  readonly branch: string;
  /** When a comparison found the difference first, in milliseconds since 1970. */
  readonly since: number;
}

interface Level {
  readonly rows: number;
  readonly boxes: number;
}

const LEVELS: readonly Level[] = [
  { rows: 50, boxes: 12 },
  { rows: 25, boxes: 8 },
  { rows: 12, boxes: 5 },
  { rows: 3, boxes: 2 },
  { rows: 0, boxes: 1 },
  { rows: 0, boxes: 0 },
];

/** `Drift in prod (apis/shop): AWS differs from main since 2026-11-29`. Plain text, as GitHub shows titles. */
export function driftTitle({
  stage,
  directory,
  branch,
  since,
}: Omit<DriftReport, "plan" | "origin">): string {
  const where = directory === "." ? stage : `${stage} (${directory})`;
  return `Drift in ${where}: AWS differs from ${branch} since ${day(since)}`;
}

/** Markdown of at most `budget` bytes. It begins with the marker of a plan: the commands of the issue mean its plan. */
export function driftIssue(report: DriftReport, budget: number = COMMENT_BYTES): Markdown {
  const differences = differencesOf(report.plan.changes);
  const bare = firstThatFits(LEVELS, (level) => compose(report, differences, level, new Map()), budget);
  if (bare === undefined) return md``;
  const folds = fitting(
    differences.filter(hasFold),
    (difference) => differenceFold(difference, report.origin),
    budget - byteLength(bare.text),
  );
  return compose(report, differences, bare.level, folds);
}

function compose(
  report: DriftReport,
  differences: readonly Difference[],
  level: Level,
  folds: ReadonlyMap<Difference, Markdown>,
): Markdown {
  const { origin, branch, since } = report;
  const planned = planReport(report);
  const left = differences.filter(hasFold).length - folds.size;
  return joinMarkdown(
    [
      md`${planMarkerOf(planned)}\n**AWS differs from ${codeSpan(branch, 120)} since ${instant(since)}**, when a comparison first found it: ${prose(differencesInWords(differences))}.`,
      sourceLine(planned),
      differencesTable(differences, origin, level.rows),
      ...trailBlocks(report.plan, level.rows),
      ...differences.flatMap((one) => folds.get(one) ?? []),
      ...(left === 0 ? [] : [md`${counted(left, "diff")} left out; \`npx gatewright plan\` shows all.`]),
      md`There are two ways out.`,
      ...takeBack(report, planned, level),
      md`### Keep it`,
      md`Write what AWS has into the spec, in a pull request to ${codeSpan(branch, 120)}:`,
      keepLines(differences, origin, level.rows),
      md`When it is merged, the next comparison closes this issue. To compare at once, comment:`,
      fence("", ["/drift"]),
    ].filter((block) => block !== ""),
    "\n\n",
  );
}

/** What the apply breaks stands before its command. */
function takeBack(report: DriftReport, planned: PlanReport, { boxes }: Level): readonly Markdown[] {
  const { plan, origin, branch, directory } = report;
  const command = applyCommand({ directory, plan }, planned);
  // The table says what was changed outside.
  const others = { ...plan, problems: plan.problems.filter(({ code }) => code !== "DRIFT") };
  return [
    md`### Take it back`,
    ...[
      blockedBox(plan, origin, boxes),
      cautionBox(cautionsOf(plan.changes), boxes),
      warningBox(others, origin, boxes),
      publicLine(plan),
    ].flatMap((block) => block ?? []),
    ...(command === undefined
      ? [md`First fix the problems above; then \`/drift\` compares anew and shows the command.`]
      : [md`To make AWS what ${codeSpan(branch, 120)} says, and close this issue, comment:`, command]),
  ];
}

function planReport({ stage, directory, plan, origin }: DriftReport): PlanReport {
  return { stage, stacks: [{ directory, plan }], origin };
}
