/** The plan of a stage as one Markdown text of limited size, for the comment and the job summary. */
import { counted, joinMarkdown, md, type Markdown } from "../../../text/markdown.ts";
import type { Change, Plan } from "../../../model/plan.ts";
import { VERSION } from "../../../model/version.ts";
import { alertBox } from "../alert-box.ts";
import { policyItems } from "./alerts.ts";
import { firstThatFits, fitting } from "../size-limit.ts";
import { prose } from "../../../text/prose.ts";
import { codeSpan } from "../../../text/escape.ts";
import { changeFold, foldedChanges, graphFold, JOINING_BYTES, openChanges } from "./folds.ts";
import { closedGates, gateLines, nextStep } from "../gates.ts";
import { applyCommand, type Level, planSection } from "./section.ts";
import { appliedLine, blocking, changesOf, planTitle, sourceLine } from "./title.ts";
import { isPlanned, type PlanReport, type StackPlan } from "../../report.ts";
import { table } from "../../../text/table.ts";
import { byteLength } from "../../../text/words.ts";
import { changesInWords } from "../../vocabulary.ts";

interface Surface {
  readonly budget: number;
  /** Levels of detail, tried in order; each shows less. */
  readonly levels: readonly Level[];
  readonly foldLines: number;
  /** The first line. */
  readonly marker?: Markdown | undefined;
  /** True if readers can answer with commands. */
  readonly commands: boolean;
  /** `, all in the [job summary](…)` */
  readonly elsewhere: Markdown;
}

type Foldable = ReadonlyMap<Plan, readonly Change[]>;

interface Folds {
  /** The changes that have a diff. */
  readonly foldable: Foldable;
  /** The diffs that are shown. */
  readonly folds: ReadonlyMap<Change, Markdown>;
  /** Plan id → its graph. */
  readonly graphs: ReadonlyMap<string, Markdown>;
}

const NO_GRAPHS: ReadonlyMap<string, Markdown> = new Map();
const NO_FOLDS: Omit<Folds, "foldable"> = { folds: new Map(), graphs: NO_GRAPHS };

/** Adds rows first, then as many diffs as fit into the budget. */
export function planDocument(report: PlanReport, surface: Surface): Markdown {
  const plans = report.stacks.flatMap((stack) => (isPlanned(stack) ? [stack.plan] : []));
  // Once for all levels: of a large plan this is most of the work.
  const foldable: Foldable = new Map(plans.map((plan) => [plan, foldedChanges(plan)]));
  const bare = (level: Level): Markdown => compose(report, surface, level, { foldable, ...NO_FOLDS });
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
): Markdown {
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
  return joinMarkdown(
    [
      ...head(report, surface),
      ...(applied === undefined ? [] : [alertBox("TIP", [applied])]),
      ...(policy.length === 0 ? [] : [alertBox("WARNING", policy)]),
      ...(several ? [overview(stacks, level, surface.elsewhere)] : []),
      ...sections,
      ...(hidden === 0 ? [] : [md`… and ${counted(hidden, "more stack")}${surface.elsewhere}.`]),
      ...(surface.commands ? footer(report) : []),
    ],
    "\n\n",
  );
}

function head(report: PlanReport, surface: Surface): readonly Markdown[] {
  const title = md`## ${planTitle(report)}`;
  return [surface.marker === undefined ? title : md`${surface.marker}\n${title}`, sourceLine(report)];
}

function needsSection(stack: StackPlan): boolean {
  return !isPlanned(stack) || stack.plan.problems.length > 0 || changesInWords(stack.plan.changes) !== "";
}

/** Most rows of the overview. */
const MOST_STACKS = 100;

function overview(stacks: readonly StackPlan[], level: Level, elsewhere: Markdown): Markdown {
  const most = Math.min(MOST_STACKS, Math.max(level.sections, level.rows));
  const rows = stacks.slice(0, most).map((stack) => {
    const directory = codeSpan(stack.directory, 120);
    if (!isPlanned(stack)) return [directory, md`❌ ${counted(stack.errors.length, "error")}`, md``];
    const { plan } = stack;
    const counts = changesInWords(plan.changes);
    if (blocking([stack]) === 0)
      return [directory, counts === "" ? md`no changes` : prose(counts), codeSpan(plan.id, 20)];
    return [directory, md`⛔ blocked${counts === "" ? "" : md`: ${prose(counts)}`}`, codeSpan(plan.id, 20)];
  });
  const hidden = stacks.length - rows.length;
  const more = hidden === 0 ? "" : md`\n\n… and ${counted(hidden, "more stack")}${elsewhere}.`;
  return rows.length === 0
    ? counted(stacks.length, "stack")
    : md`${table(["Stack", "Changes", "Plan"], rows)}${more}`;
}

function footer(report: PlanReport): readonly Markdown[] {
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
          joinMarkdown(
            [md`**Gates** at the time of this plan; \`/status\` checks them again:`, ...gateLines(gates)],
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
          md`**Next:** fix the problems listed above; ${purpose === "rollback" ? md`\`/rollback\`` : "every push"} plans again.${alone ? " Until then neither a command nor the merge applies anything." : ""}`,
        ]
      : next !== undefined && open
        ? [md`**Next:** ${next}`]
        : []),
    ...(command === undefined
      ? []
      : [
          md`To ${purpose === "rollback" ? "go back to this commit" : md`${purpose} this plan`}, ${then}:\n\n${command}`,
        ]),
    lastLine(report, open && !(stopped && alone)),
  ];
}

function lastLine(report: PlanReport, open: boolean): Markdown {
  const when =
    report.purpose === "destroy" || report.purpose === "rollback" || !open
      ? []
      : report.apply === "on-merge"
        ? [md`**Merging applies this plan**; the command applies it earlier`]
        : report.apply === "before-merge"
          ? [md`Apply **before the merge**; merging applies nothing`]
          : report.apply === "reviewed"
            ? [md`**Merging applies exactly this plan**; the command applies it earlier`]
            : [md`The stage's settings say whether to apply before the merge or by merging`];
  return md`<sub>${joinMarkdown([...when, md`\`/plan\` plans again`, md`\`/help\` lists commands and rules`, md`Gatewright ${VERSION}`], " · ")}</sub>`;
}

/** The text when not even one row fits. */
function lastResort(report: PlanReport, surface: Surface): Markdown {
  return joinMarkdown([...head(report, surface), md`Too large to show here${surface.elsewhere}.`], "\n\n");
}
