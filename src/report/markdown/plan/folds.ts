/** Folds: the diff of one resource, or the graph of all. Each is shown complete or left out. */
import { prose } from "../../../text/prose.ts";
import { joinMarkdown, md, type Markdown } from "../../../text/markdown.ts";
import type { Change, Plan } from "../../../model/plan.ts";
import { cellTellsAll } from "./change-cell.ts";
import { changeLines } from "../../change-lines.ts";
import { codeSpan, fence, htmlCode } from "../../../text/escape.ts";
import { changesGraph } from "../../graph.ts";
import { sourceLink } from "../links.ts";
import { replacedBy } from "../../reason.ts";
import type { Origin } from "../../report.ts";
import { changesInWords, kindOf, sortedChanges, VOCABULARY } from "../../vocabulary.ts";

/** A `<details>` element. `summary` is HTML without Markdown. */
export function details(summary: Markdown, body: Markdown, open = false): Markdown {
  return md`<details${open ? " open" : ""}><summary>${summary}</summary>\n\n${body}\n</details>`;
}

/** The changes that have a diff, most dangerous first. */
export function foldedChanges(plan: Plan): readonly Change[] {
  return sortedChanges(plan.changes).filter(
    (change) =>
      change.action !== "delete" &&
      change.redeploy !== true &&
      changeLines(change, { maxLines: 1 }).length > 0,
  );
}

interface FoldOptions {
  readonly maxLines: number;
  readonly open: boolean;
}

/** One change with its diff. */
export function changeFold(change: Change, origin: Origin, options: FoldOptions): Markdown {
  const kind = kindOf(change);
  const facts = [
    ...(change.id === undefined || change.id === change.name ? [] : [codeSpan(change.id, 120)]),
    ...(change.at === undefined ? [] : [sourceLink(origin, change.at)]),
  ];
  const diff = fence("diff", changeLines(change, { maxLines: options.maxLines }));
  const summary = md`${VOCABULARY[kind].emoji} ${kind} ${htmlCode(change.type, 80)} ${htmlCode(change.name, 120)}`;
  return details(
    summary,
    facts.length === 0 ? diff : md`${joinMarkdown(facts, " · ")}\n\n${diff}`,
    options.open,
  );
}

/** More closed folds than this are merged into one. */
const MOST_LOOSE = 3;

/** The folds of one plan: first those that show more than their table row, then the others together. */
export function joinedFolds(plan: Plan, folds: ReadonlyMap<Change, Markdown>): Markdown | undefined {
  const own = sortedChanges(plan.changes).flatMap((change) => {
    const text = folds.get(change);
    return text === undefined ? [] : [{ change, text }];
  });
  const minor = own.filter(({ change }) => isMinor(change));
  const loose = own.filter(({ change }) => !isMinor(change)).map(({ text }) => text);
  const rest = minor.map(({ text }) => text);
  if (rest.length <= MOST_LOOSE) loose.push(...rest);
  else
    loose.push(
      details(
        md`${rest.length}${loose.length === 0 ? "" : " more"} diffs: ${prose(changesInWords(minor.map(({ change }) => change)))}`,
        joinMarkdown(rest, "\n\n"),
      ),
    );
  return loose.length === 0 ? undefined : joinMarkdown(loose, "\n\n");
}

/** Bytes that {@link joinedFolds} may add to the folds. */
export const JOINING_BYTES = 160;

function isMinor(change: Change): boolean {
  return change.action === "create" || cellTellsAll(change) || replacedBy(change) !== undefined;
}

/** A larger graph is unreadable, and mermaid refuses more than 50,000 characters. */
const MOST_NODES = 60;

/** A graph of the changed resources; `undefined` for a single resource or too many. */
export function graphFold(plan: Plan): Markdown | undefined {
  const changed = plan.changes.filter(({ action }) => action !== "no-op");
  if (changed.length < 2 || changed.length > MOST_NODES) return undefined;
  return details(md`Graph of the changed resources`, fence("mermaid", changesGraph(changed).split("\n")));
}

/** Short updates and replacements are open if they show more than their table row: reviewers look for these. */
const OPEN_LINES = 40;

/** Which of a plan's folded changes are open. */
export function openChanges(folded: readonly Change[]): ReadonlySet<Change> {
  const open = new Set<Change>();
  let lines = 0;
  for (const change of folded) {
    if (isMinor(change)) continue;
    lines += changeLines(change).length;
    if (lines > OPEN_LINES) break;
    open.add(change);
  }
  return open;
}
