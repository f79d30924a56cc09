/** What callers can reach without saying who they are: the first thing that a reviewer asks. */
import type { Plan } from "../../../model/plan.ts";
import { codeSpan } from "../../../text/escape.ts";
import { plural } from "../../../text/words.ts";
import { details } from "./folds.ts";

const MOST = 20;

/** What becomes public, in a line of its own. Nothing where nothing changes. */
export function publicLine({ open = [], opens, changes }: Plan): string | undefined {
  if (open.length === 0 || changes.every(({ action }) => action === "no-op")) return undefined;
  // Plans of older versions do not say what is new.
  if (opens === undefined) return `🌐 **Public**, anybody may call: ${listed(open)}`;
  return opens.length === 0 ? undefined : `🌐 **Becomes public**, anybody may call: ${listed(opens)}`;
}

/** All that is public, where the line does not say it already. */
export function publicFold({ open = [], opens, changes }: Plan): string | undefined {
  if (opens === undefined || opens.length === open.length) return undefined;
  if (changes.every(({ action }) => action === "no-op")) return undefined;
  return details(`${plural(open.length, "public call")} in all`, listed(open, 200));
}

function listed(what: readonly string[], most = MOST): string {
  const shown = what.slice(0, most).map((one) => codeSpan(one, 120));
  const more = what.length - shown.length;
  return `${shown.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
