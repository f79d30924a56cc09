/** The plan of a stage as one Markdown text of limited size, for the comment and the job summary. */
import type { Change, Plan } from "../../../model/plan.ts";
import { VERSION } from "../../../model/version.ts";
import { alertBox } from "../alert-box.ts";
import { policyItems } from "./alerts.ts";
import { firstThatFits, fitting } from "../size-limit.ts";
import { codeSpan } from "../../../text/escape.ts";
import { changeFold, foldedChanges, graphFold, JOINING_BYTES, openChanges } from "./folds.ts";
import { closedGates, gateLines, nextStep } from "../gates.ts";
import { applyCommand, type Level, planSection } from "./section.ts";
import { appliedLine, blocking, changesOf, planTitle, sourceLine } from "./title.ts";
import { isPlanned, type PlanReport, type StackPlan } from "../../report.ts";
import { table } from "../table.ts";
import { byteLength, plural } from "../../../text/words.ts";
import { changesInWords } from "../../vocabulary.ts";

export interface Surface {
  readonly budget: number;
  /** Levels of detail, tried in order; each shows less. */
  readonly levels: readonly Level[];
  readonly foldLines: number;
  /** The first line. */
  readonly marker?: string | undefined;
  /** True if readers can answer with commands. */
  readonly commands: boolean;
  /** `, all in the [job summary](…)` */
  readonly elsewhere: string;
}

type Foldable = ReadonlyMap<Plan, readonly Change[]>;

interface Folds {
  /** The changes that have a diff. */
  readonly foldable: Foldable;
  /** The diffs that are shown. */
  readonly folds: ReadonlyMap<Change, string>;
  /** Plan id → its graph. */
  readonly graphs: ReadonlyMap<string, string>;
}

const NO_GRAPHS: ReadonlyMap<string, string> = new Map();
const NO_FOLDS: Omit<Folds, "foldable"> = { folds: new Map(), graphs: NO_GRAPHS };

/** Adds rows first, then as many diffs as fit into the budget. */
export function planDocument(report: PlanReport, surface: Surface): string {
  const plans = report.stacks.flatMap((stack) => (isPlanned(stack) ? [stack.plan] : []));
  // Once for all levels: of a large plan this is most of the work.
  const foldable: Foldable = new Map(plans.map((plan) => [plan, foldedChanges(plan)]));
  const bare = (level: Level): string => compose(report, surface, level, { foldable, ...NO_FOLDS });
  const found = firstThatFits(surface.levels, bare, surface.budget);
  if (found === undefined || !found.fits) return lastResort(report, surface);
  const open = new Set([...foldable.values()].flatMap((changes) => [...openChanges(changes)]));
  // This text counts every diff as left out, so it is at least as long as the final one without diffs.
  const folds = fitting(
    [...foldable.values()].flat(),
    (change) => changeFold(change, report.origin, { maxLines: surface.foldLines, open: open.has(change) }),
    surface.budget - byteLength(found.text) - plans.length * JOINING_BYTES,
  );
  const graphs = new Map(
    plans.flatMap((plan) => {
      const graph = graphFold(plan);
      return graph === undefined ? [] : [[plan.id, graph] as const];
    }),
  );
  // Graphs come last, so they are left out first.
  for (const drawn of [graphs, NO_GRAPHS]) {
    const text = compose(report, surface, found.level, { foldable, folds, graphs: drawn });
    if (byteLength(text) <= surface.budget) return text;
  }
  return found.text;
}

function compose(
  report: PlanReport,
  surface: Surface,
  level: Level,
  { foldable, folds, graphs }: Folds,
): string {
  const { stacks } = report;
  const several = stacks.length > 1;
  const places = stacks.filter(isPlanned).map(({ plan }) => `${plan.stack.account} ${plan.stack.region}`);
  const spread = new Set(places).size > 1;
  // A stack without changes or problems appears only in the overview.
  const detailed = several ? stacks.filter(needsSection) : stacks;
  const sections = detailed.slice(0, level.sections).flatMap((stack) =>
    planSection(stack, report, {
      level,
      several,
      spread,
      commands: surface.commands,
      elsewhere: surface.elsewhere,
      folds,
      foldable: isPlanned(stack) ? (foldable.get(stack.plan)?.length ?? 0) : 0,
      graph: isPlanned(stack) ? graphs.get(stack.plan.id) : undefined,
    }),
  );
  const hidden = detailed.length - Math.min(level.sections, detailed.length);
  const applied = appliedLine(report);
  const policy = several ? policyItems(report.policyFiles ?? [], report.buildFile) : [];
  return [
    ...head(report, surface),
    ...(applied === undefined ? [] : [alertBox("TIP", [applied])]),
    ...(policy.length === 0 ? [] : [alertBox("WARNING", policy)]),
    ...(several ? [overview(stacks, level, surface.elsewhere)] : []),
    ...sections,
    ...(hidden === 0 ? [] : [`… and ${plural(hidden, "more stack")}${surface.elsewhere}.`]),
    ...(surface.commands ? footer(report) : []),
  ].join("\n\n");
}

function head(report: PlanReport, surface: Surface): readonly string[] {
  const title = `## ${planTitle(report)}`;
  return [surface.marker === undefined ? title : `${surface.marker}\n${title}`, sourceLine(report)];
}

function needsSection(stack: StackPlan): boolean {
  return !isPlanned(stack) || stack.plan.problems.length > 0 || changesInWords(stack.plan.changes) !== "";
}

/** Most rows of the overview. */
const MOST_STACKS = 100;

function overview(stacks: readonly StackPlan[], level: Level, elsewhere: string): string {
  const most = Math.min(MOST_STACKS, Math.max(level.sections, level.rows));
  const rows = stacks.slice(0, most).map((stack) => {
    const directory = codeSpan(stack.directory, 120);
    if (!isPlanned(stack)) return [directory, `❌ ${plural(stack.errors.length, "error")}`, ""];
    const { plan } = stack;
    const counts = changesInWords(plan.changes);
    if (blocking([stack]) === 0)
      return [directory, counts === "" ? "no changes" : counts, codeSpan(plan.id, 20)];
    return [directory, `⛔ blocked${counts === "" ? "" : `: ${counts}`}`, codeSpan(plan.id, 20)];
  });
  const hidden = stacks.length - rows.length;
  const more = hidden === 0 ? "" : `\n\n… and ${plural(hidden, "more stack")}${elsewhere}.`;
  return rows.length === 0
    ? plural(stacks.length, "stack")
    : `${table(["Stack", "Changes", "Plan"], rows)}${more}`;
}

function footer(report: PlanReport): readonly string[] {
  const { stacks, gates = [], purpose = "apply" } = report;
  const [only] = stacks;
  const changes = changesInWords(changesOf(stacks)) !== "";
  const stopped = blocking(stacks) > 0 || stacks.some((stack) => !isPlanned(stack));
  const open = changes && report.applied === undefined;
  const next = nextStep(gates);
  const checklist =
    !open || gates.length === 0
      ? []
      : [
          ["**Gates** at the time of this plan; `/status` checks them again:", ...gateLines(gates)].join(
            "\n",
          ),
        ];
  const alone = stacks.length === 1;
  const command = alone && only !== undefined ? applyCommand(only, report) : undefined;
  const closed = closedGates(gates);
  const then = closed === 0 ? "comment" : "once the gates are open, comment";
  return [
    ...checklist,
    ...(stopped && report.applied === undefined
      ? [
          `**Next:** fix the problems listed above; ${purpose === "rollback" ? "`/rollback`" : "every push"} plans again.${alone ? " Until then neither a command nor the merge applies anything." : ""}`,
        ]
      : next !== undefined && open
        ? [`**Next:** ${next}`]
        : []),
    ...(command === undefined
      ? []
      : [
          `To ${purpose === "rollback" ? "go back to this commit" : `${purpose} this plan`}, ${then}:\n\n${command}`,
        ]),
    lastLine(report, open && !(stopped && alone)),
  ];
}

function lastLine(report: PlanReport, open: boolean): string {
  const when =
    report.purpose === "destroy" || report.purpose === "rollback" || !open
      ? []
      : report.apply === "on-merge"
        ? ["**Merging applies this plan**; the command applies it earlier"]
        : report.apply === "before-merge"
          ? ["Apply **before the merge**; merging applies nothing"]
          : report.apply === "reviewed"
            ? ["**Merging applies exactly this plan**; the command applies it earlier"]
            : ["The stage's settings say whether to apply before the merge or by merging"];
  return `<sub>${[...when, "`/plan` plans again", "`/help` lists commands and rules", `Gatewright ${VERSION}`].join(" · ")}</sub>`;
}

/** The text when not even one row fits. */
function lastResort(report: PlanReport, surface: Surface): string {
  return [...head(report, surface), `Too large to show here${surface.elsewhere}.`].join("\n\n");
}
