/** What to write into the spec so that it says what AWS has: one line per resource. */
import type { ShownPropertyChange } from "../../../model/plan.ts";
import { codeSpan } from "../../../text/escape.ts";
import { plural } from "../../../text/words.ts";
import { isOneLine, oneLine } from "../../../text/yaml.ts";
import type { Origin } from "../../report.ts";
import { CODE_HASH } from "../../words/code-words.ts";
import { sourceLink } from "../links.ts";
import { resourceInSentence } from "../resource-cell.ts";
import type { Difference } from "./differences.ts";

/** A longer value is in the diff above. */
const LONGEST = 80;
const MOST_PROPERTIES = 6;

export function keepLines(differences: readonly Difference[], origin: Origin, most: number): string {
  // A deployment follows from what it serves.
  const told = differences.filter(({ planned }) => planned.redeploy !== true);
  const shown = told.slice(0, most);
  const hidden = told.length - shown.length;
  return [
    ...shown.map((one) => `- ${keepLine(one, origin)}`),
    ...(hidden === 0 ? [] : [`- … and ${plural(hidden, "more resource")}`]),
  ].join("\n");
}

function keepLine({ kind, planned, turned }: Difference, origin: Origin): string {
  const what = resourceInSentence(planned);
  const place = planned.at === undefined ? "" : ` (${sourceLink(origin, planned.at)})`;
  if (kind === "missing") return `remove ${what}${place}`;
  if (kind === "extra") {
    const id =
      planned.id === undefined || planned.id === planned.name ? "" : `, ${codeSpan(planned.id, 120)}`;
    return `add ${what}${id}`;
  }
  const properties = turned.properties.filter(({ path }) => !path.startsWith("Tags.gc-"));
  const rest = properties.length - MOST_PROPERTIES;
  const set = [
    ...properties.slice(0, MOST_PROPERTIES).map(setting),
    ...(rest > 0 ? [plural(rest, "more property", "more properties")] : []),
  ].join(", ");
  return `in ${what}${place}: ${set === "" ? "nothing to write; only an apply mends it" : set}`;
}

function setting({ path, after, sensitive }: ShownPropertyChange): string {
  if (path === CODE_HASH) return "the code that AWS runs";
  const property = codeSpan(path, 120);
  if (sensitive) return `${property} as AWS has it`;
  if (after === undefined) return `no ${property}`;
  const value = isOneLine(after) ? oneLine(after) : undefined;
  return value === undefined || value.length > LONGEST
    ? `${property} as in the diff above`
    : `${property} is ${codeSpan(value, LONGEST)}`;
}
