/** What differs as a table, in the columns and words of the plan comment, and below it the values that are too long for it. */
import { plural } from "../../../text/words.ts";
import { reasonText } from "../../reason.ts";
import type { Origin } from "../../report.ts";
import { VOCABULARY } from "../../vocabulary.ts";
import { sourceUrl } from "../links.ts";
import { cellTellsAll, changeCell, changesPermissions } from "../plan/change-cell.ts";
import { changeFold } from "../plan/folds.ts";
import { resourceInCell } from "../resource-cell.ts";
import { table } from "../table.ts";
import { changeLines } from "../../change-lines.ts";
import type { Difference, DifferenceKind } from "./differences.ts";
import { prose } from "../../../text/prose.ts";

/** Green is more than the spec has, red is less. */
const EMOJI: Readonly<Record<DifferenceKind, string>> = {
  different: VOCABULARY.update.emoji,
  extra: VOCABULARY.create.emoji,
  missing: VOCABULARY.delete.emoji,
};

export function differencesTable(differences: readonly Difference[], origin: Origin, rows: number): string {
  const shown = differences.slice(0, rows);
  const hidden = differences.length - shown.length;
  if (shown.length === 0) return plural(differences.length, "difference");
  const text = table(
    ["In AWS", "Resource", "Spec → AWS now"],
    shown.map(({ kind, planned, turned }) => [
      `${EMOJI[kind]}\u00a0${kind}`,
      `${changesPermissions(turned) ? "🔑 " : ""}${resourceInCell(
        planned,
        planned.at === undefined ? undefined : sourceUrl(origin, planned.at),
      )}`,
      cell({ kind, planned, turned }),
    ]),
  );
  return hidden === 0 ? text : `${text}\n\n… and ${plural(hidden, "more difference")}`;
}

function cell({ kind, planned, turned }: Difference): string {
  if (planned.redeploy === true) return "what it serves";
  if (kind === "missing") return "in the spec, not in AWS";
  if (kind === "extra") return "in AWS, not in the spec";
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
export function differenceFold({ turned }: Difference, origin: Origin): string {
  return changeFold(turned, origin, { maxLines: 100, open: false });
}
