/** What differs as a table, in the columns and words of the plan comment, and below it the values that are too long for it. */
import { counted, md, type Markdown } from "../../../text/markdown.ts";
import { reasonText } from "../../reason.ts";
import type { Origin } from "../../report.ts";
import { VOCABULARY } from "../../vocabulary.ts";
import { sourceUrl } from "../links.ts";
import { cellTellsAll, changeCell, changesPermissions } from "../plan/change-cell.ts";
import { changeFold } from "../plan/folds.ts";
import { resourceInCell } from "../resource-cell.ts";
import { table } from "../../../text/table.ts";
import { changeLines } from "../../change-lines.ts";
import type { Difference, DifferenceKind } from "./differences.ts";
import { prose } from "../../../text/prose.ts";

/** Green is more than the spec has, red is less. */
const EMOJI = {
  different: VOCABULARY.update.emoji,
  extra: VOCABULARY.create.emoji,
  missing: VOCABULARY.delete.emoji,
} as const satisfies Readonly<Record<DifferenceKind, string>>;

export function differencesTable(differences: readonly Difference[], origin: Origin, rows: number): Markdown {
  const shown = differences.slice(0, rows);
  const hidden = differences.length - shown.length;
  if (shown.length === 0) return counted(differences.length, "difference");
  const text = table(
    ["In AWS", "Resource", "Spec → AWS now"],
    shown.map(({ kind, planned, turned }) => [
      md`${EMOJI[kind]}\u00a0${kind}`,
      md`${changesPermissions(turned) ? "🔑 " : ""}${resourceInCell(
        planned,
        planned.at === undefined ? undefined : sourceUrl(origin, planned.at),
      )}`,
      cell({ kind, planned, turned }),
    ]),
  );
  return hidden === 0 ? text : md`${text}\n\n… and ${counted(hidden, "more difference")}`;
}

function cell({ kind, planned, turned }: Difference): Markdown {
  if (planned.redeploy === true) return md`what it serves`;
  if (kind === "missing") return md`in the spec, not in AWS`;
  if (kind === "extra") return md`in AWS, not in the spec`;
  const said = changeCell(turned, [turned]);
  return said === "" ? prose(reasonText(planned), { max: 160, narrow: true }) : said;
}

/** True if the table does not say all of the values. */
export function hasFold({ kind, planned, turned }: Difference): boolean {
  return (
    kind === "different" &&
    planned.redeploy !== true &&
    !cellTellsAll(turned) &&
    changeLines(turned, { maxLines: 1 }).length > 0
  );
}

/** The values of one resource: `-` as the spec has it, `+` as AWS has it. */
export function differenceFold({ turned }: Difference, origin: Origin): Markdown {
  return changeFold(turned, origin, { maxLines: 100, open: false });
}
