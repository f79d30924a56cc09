/** The changes of a plan as a table. Rows above the limit are counted below it. */
import { counted, md, type Markdown } from "../../../text/markdown.ts";
import type { Change } from "../../../model/plan.ts";
import { changeCell, changesPermissions } from "./change-cell.ts";
import { sourceUrl } from "../links.ts";
import { resourceInCell } from "../resource-cell.ts";
import { table } from "../../../text/table.ts";
import type { Origin } from "../../report.ts";
import { kindOf, sortedChanges, VOCABULARY } from "../../vocabulary.ts";

interface TableOptions {
  /** Most rows. */
  readonly rows: number;
  /** Where names link to: their line in the spec. */
  readonly links: boolean;
  /** The text after "… and N more": where they are. */
  readonly elsewhere: Markdown;
  /** Changes that were told above. */
  readonly told?: ReadonlySet<Change> | undefined;
}

/** Action, Resource, Changes: three columns fit a phone. Most dangerous first; empty if nothing changes. */
export function changesTable(changes: readonly Change[], origin: Origin, options: TableOptions): Markdown {
  const sorted = sortedChanges(changes).filter((change) => options.told?.has(change) !== true);
  if (sorted.length === 0) return md``;
  const shown = sorted.slice(0, options.rows);
  const hidden = sorted.length - shown.length;
  if (shown.length === 0) return md`${counted(hidden, "change")}${options.elsewhere}`;
  const rows = shown.map((change) => [
    // A no-break space keeps symbol and word together.
    md`${VOCABULARY[kindOf(change)].emoji}\u00a0${kindOf(change)}`,
    md`${changesPermissions(change) ? "🔑 " : ""}${resourceInCell(
      change,
      options.links && change.at !== undefined ? sourceUrl(origin, change.at) : undefined,
    )}`,
    changeCell(change, changes),
  ]);
  const text = table(["Action", "Resource", "Changes"], rows);
  return hidden === 0 ? text : md`${text}\n\n… and ${counted(hidden, "more change")}${options.elsewhere}`;
}
