/** One stack of a plan comment: alerts first, then the table. The document adds the folds. */
import { counted, joinMarkdown, md, type Markdown } from "../../../text/markdown.ts";
import type { Change } from "../../../model/plan.ts";
import { type Caution, cautionsOf, toldDeletes } from "../../cautions.ts";
import { blockedBox, cautionBox, warningBox } from "./alerts.ts";
import { errorList } from "../error-list.ts";
import { alertBox } from "../alert-box.ts";
import { codeSpan, fence } from "../../../text/escape.ts";
import { blocking, sectionLine, sectionTitle } from "./title.ts";
import { details, joinedFolds } from "./folds.ts";
import { publicFold, publicLine } from "./public.ts";
import { resourceInCell } from "../resource-cell.ts";
import { isPlanned, type PlanReport, type StackPlan } from "../../report.ts";
import { changesTable } from "./changes-table.ts";
import { changesInWords, kindOf, VOCABULARY } from "../../vocabulary.ts";
import { atMost } from "../../../text/words.ts";

/** How much to show. */
export interface Level {
  readonly rows: number;
  /** Most problems, cautions and errors, each. */
  readonly boxes: number;
  readonly links: boolean;
  /** Most sections, if there are several stacks. */
  readonly sections: number;
}

interface SectionOptions {
  readonly level: Level;
  /** True if there are other stacks: the section gets a title and its own command. */
  readonly several: boolean;
  /** True if the stage's stacks are in different accounts or regions. */
  readonly spread: boolean;
  readonly commands: boolean;
  /** Where to find the rest. */
  readonly elsewhere: Markdown;
  readonly folds: ReadonlyMap<Change, Markdown>;
  readonly foldable: number;
  readonly graph: Markdown | undefined;
}

/** The blocks of a section; join them with empty lines. */
export function planSection(
  stack: StackPlan,
  report: PlanReport,
  options: SectionOptions,
): readonly Markdown[] {
  const { level, several, elsewhere } = options;
  const { origin } = report;
  const title = several ? [md`### ${sectionTitle(stack)}`] : [];
  if (!isPlanned(stack)) return [...title, errorList(stack.errors, origin, Math.max(1, level.boxes * 2))];
  const { plan } = stack;
  const policyFiles = several ? [] : (report.policyFiles ?? []);
  const own = plan.changes.flatMap((change) => options.folds.get(change) ?? []);
  const left = options.foldable - own.length;
  const cautions = cautionsOf(plan.changes);
  const told = toldDeletes(cautions.slice(0, level.boxes));
  return [
    ...title,
    ...(several ? [sectionLine(stack, options.spread)] : []),
    stack.gone === true ? alertBox("CAUTION", [goneText(stack.directory)]) : undefined,
    blockedBox(plan, origin, level.boxes),
    cautionBox(cautions, level.boxes),
    warningBox(plan, origin, level.boxes, policyFiles, report.buildFile),
    publicLine(plan),
    changesTable(plan.changes, origin, { rows: level.rows, links: level.links, elsewhere, told }),
    insideFold(cautions.slice(0, level.boxes), level.rows),
    publicFold(plan),
    joinedFolds(plan, options.folds),
    left === 0 ? undefined : md`${counted(left, "diff")} left out${elsewhere}.`,
    options.graph,
    several && options.commands ? applyCommand(stack, report) : undefined,
  ].flatMap((block) => (block === undefined || block === "" ? [] : [block]));
}

/** What is deleted with something else: the caution only counts it. */
function insideFold(cautions: readonly Caution[], rows: number): Markdown | undefined {
  const inside = cautions
    .flatMap((caution) => caution.inside)
    .filter((change) => kindOf(change) === "delete");
  if (inside.length === 0 || rows === 0) return undefined;
  const lines = atMost(
    rows,
    inside,
    (change) => md`- ${resourceInCell(change)}`,
    (left) => md`- … and ${left} more`,
  );
  return details(
    md`${VOCABULARY.delete.emoji} ${counted(inside.length, "resource")} deleted with what ${inside.length === 1 ? "it belongs" : "they belong"} to`,
    joinMarkdown(lines, "\n"),
  );
}

function goneText(directory: string): Markdown {
  return md`**The spec of ${codeSpan(directory, 120)} is gone from this commit:** applying this plan deletes everything of the stack. To keep it, bring the spec back.`;
}

/** The command to copy, unless the plan is blocked, empty or already applied. */
export function applyCommand(stack: StackPlan, report: PlanReport): Markdown | undefined {
  if (!isPlanned(stack) || report.applied !== undefined || blocking([stack]) > 0) return undefined;
  if (changesInWords(stack.plan.changes) === "") return undefined;
  const { purpose = "apply", stage } = report;
  // Always with the stage: who writes this may not know whether the repository has others, and the command needs it then.
  return fence("", [`/${purpose} ${stack.plan.id} -s ${stage}`]);
}
