/** Who changed what differs, as far as CloudTrail tells it: one line per resource. */
import type { Plan } from "../../../model/plan.ts";
import type { Trail, TrailEntry } from "../../../model/drift/trail.ts";
import { counted, instant, joinMarkdown, md, type Markdown } from "../../../text/markdown.ts";
import { codeSpan } from "../../../text/escape.ts";
import { prose } from "../../../text/prose.ts";
import { resourceInSentence } from "../resource-cell.ts";
import { atMost } from "../../../text/words.ts";
import { moreResources } from "./keep.ts";

/** Nothing where CloudTrail was not asked, or may not be: that permission is optional. */
export function trailBlocks(
  { trail, changes }: Pick<Plan, "trail" | "changes">,
  rows: number,
): readonly Markdown[] {
  if (trail === undefined || rows === 0) return [];
  const lines = trail.entries.flatMap((entry) => {
    const change = changes.find(({ key }) => key === entry.key);
    return change === undefined ? [] : md`- ${resourceInSentence(change)}: ${entryText(entry)}`;
  });
  const list = atMost(rows, lines, (line) => line, moreResources);
  return [
    ...(list.length === 0 ? [] : [md`**Who changed it**, as CloudTrail has it:`, joinMarkdown(list, "\n")]),
    ...restOf(trail, lines.length),
  ];
}

function entryText({ event, who, own, through, at, earlier }: TrailEntry): Markdown {
  const name = who === undefined ? md`the account's root user` : codeSpan(who, 160);
  return md`${codeSpan(event, 80)} by ${name}${own === true ? " (Gatewright itself)" : ""}${through === undefined ? "" : md` with ${prose(through, { max: 40 })}`}, ${instant(at)}${earlier === 0 ? "" : md`; ${counted(earlier, "change")} before that`}`;
}

/** What is not told, and why. */
function restOf({ asked, cut, since }: Trail, told: number): readonly Markdown[] {
  const missing = asked - told;
  const late = "CloudTrail's events come up to 15 minutes late: `/drift` looks again.";
  const unknown =
    missing <= 0
      ? []
      : told === 0
        ? [md`CloudTrail has no event since ${instant(since)} that tells who changed it. ${late}`]
        : [md`Of ${counted(missing, "other resource")} it has no event since ${instant(since)}. ${late}`];
  return cut === true
    ? [
        ...unknown,
        md`Not everything was looked up: AWS allows few lookups in CloudTrail, or did not answer. \`/drift\` asks again.`,
      ]
    : unknown;
}
