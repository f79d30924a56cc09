/** What callers can reach without saying who they are: the first thing that a reviewer asks. */
import { counted, joinMarkdown, md, type Markdown } from "../../../text/markdown.ts";
import type { Plan } from "../../../model/plan.ts";
import { codeSpan } from "../../../text/escape.ts";
import { details } from "./folds.ts";

const MOST = 20;

/** What becomes public, in a line of its own. Nothing where nothing changes. */
export function publicLine({ open = [], opens, changes }: Plan): Markdown | undefined {
  if (open.length === 0 || changes.every(({ action }) => action === "no-op")) return undefined;
  // Plans of older versions do not say what is new.
  if (opens === undefined) return md`🌐 **Public**, anybody may call: ${listed(open)}`;
  return opens.length === 0 ? undefined : md`🌐 **Becomes public**, anybody may call: ${listed(opens)}`;
}

/** All that is public, where the line does not say it already. */
export function publicFold({ open = [], opens, changes }: Plan): Markdown | undefined {
  if (opens === undefined || opens.length === open.length) return undefined;
  if (changes.every(({ action }) => action === "no-op")) return undefined;
  return details(md`${counted(open.length, "public call")} in all`, listed(open, 200));
}

function listed(what: readonly string[], most = MOST): Markdown {
  const shown = what.slice(0, most).map((one) => codeSpan(one, 120));
  const more = what.length - shown.length;
  return md`${joinMarkdown(shown, ", ")}${more > 0 ? md` and ${more} more` : ""}`;
}
