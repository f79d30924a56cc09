/** What to write into the spec so that it says what AWS has: one line per resource. */
import { counted, joinMarkdown, md, type Markdown } from "../../../text/markdown.ts";
import type { ShownPropertyChange } from "../../../model/plan.ts";
import { codeSpan } from "../../../text/escape.ts";
import { isOneLine, oneLine } from "../../../text/yaml.ts";
import type { Origin } from "../../report.ts";
import { CODE_HASH } from "../../words/code-words.ts";
import { sourceLink } from "../links.ts";
import { resourceInSentence } from "../resource-cell.ts";
import type { Difference } from "./differences.ts";
import { atMost } from "../../../text/words.ts";
import { moreProperties } from "../plan/change-cell.ts";

/** A longer value is in the diff above. */
const LONGEST = 80;
const MOST_PROPERTIES = 6;

export function keepLines(differences: readonly Difference[], origin: Origin, most: number): Markdown {
  // A deployment follows from what it serves.
  const told = differences.filter(({ planned }) => planned.redeploy !== true);
  const line = (one: Difference): Markdown => md`- ${keepLine(one, origin)}`;
  return joinMarkdown(atMost(most, told, line, moreResources), "\n");
}

export function moreResources(left: number): Markdown {
  return md`- … and ${counted(left, "more resource")}`;
}

function keepLine({ kind, planned, turned }: Difference, origin: Origin): Markdown {
  const what = resourceInSentence(planned);
  const place = planned.at === undefined ? "" : md` (${sourceLink(origin, planned.at)})`;
  if (kind === "missing") return md`remove ${what}${place}`;
  if (kind === "extra") {
    const id =
      planned.id === undefined || planned.id === planned.name ? "" : md`, ${codeSpan(planned.id, 120)}`;
    return md`add ${what}${id}`;
  }
  const properties = turned.properties.filter(({ path }) => !path.startsWith("Tags.gc-"));
  const set = joinMarkdown(atMost(MOST_PROPERTIES, properties, setting, moreProperties), ", ");
  return md`in ${what}${place}: ${set === "" ? "nothing to write; only an apply mends it" : set}`;
}

function setting({ path, after, sensitive }: ShownPropertyChange): Markdown {
  if (path === CODE_HASH) return md`the code that AWS runs`;
  const property = codeSpan(path, 120);
  if (sensitive) return md`${property} as AWS has it`;
  if (after === undefined) return md`no ${property}`;
  const value = isOneLine(after) ? oneLine(after) : undefined;
  return value === undefined || value.length > LONGEST
    ? md`${property} as in the diff above`
    : md`${property} is ${codeSpan(value, LONGEST)}`;
}
