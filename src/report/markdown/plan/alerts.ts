/** The most important facts of a plan, in GitHub's alert boxes, never inside a fold. */
import { counted, joinMarkdown, md, type Markdown } from "../../../text/markdown.ts";
import { type Change, nameOf, type Plan, type Problem, typeOf } from "../../../model/plan.ts";
import { codeSpan } from "../../../text/escape.ts";
import { alertBox } from "../alert-box.ts";
import type { Caution } from "../../cautions.ts";
import { lossText, reasonText } from "../../reason.ts";
import { resourceInSentence } from "../resource-cell.ts";
import { sourceLink } from "../links.ts";
import { prose, sentenceProse } from "../../../text/prose.ts";
import type { Origin } from "../../report.ts";
import { kindOf, VOCABULARY } from "../../vocabulary.ts";
import { atMost } from "../../../text/words.ts";

/** Deletes and replacements, what they break and what is lost. */
export function cautionBox(cautions: readonly Caution[], most: number): Markdown | undefined {
  if (cautions.length === 0) return undefined;
  const items = atMost(
    most,
    cautions,
    ({ change, inside }) => caution(change, inside.length),
    (left) => md`… and ${counted(left, "more delete or replacement", "more deletes and replacements")}.`,
  );
  return alertBox("CAUTION", items);
}

function caution(change: Change, inside: number): Markdown {
  const { action, name, consequence } = change;
  const reason = reasonText(change);
  const what = md`${VOCABULARY[kindOf(change)].emoji} **${action === "delete" ? "Deletes" : "Replaces"}** ${resourceInSentence(change)}`;
  const paths = change.properties.map(({ path }) => path);
  const why = action === "replace" && reason !== "" ? md` (${prose(reason, { code: paths, max: 160 })})` : "";
  const within = inside === 0 ? "" : md`, with ${counted(inside, "resource")} inside it`;
  const then =
    consequence === undefined ? "." : md`: ${sentenceProse(consequence, { code: [name], max: 300 })}`;
  const loss = prose(lossText(change).trim(), { max: 200 });
  return md`${what}${why}${loss === "" ? "" : md` ${loss}`}${within}${then}`;
}

const HEADINGS: ReadonlyMap<string, Markdown> = new Map([
  ["DRIFT", md`Drift`],
  ["HELD", md`Held by another pull request`],
  ["FOREIGN_RESOURCE", md`Not managed by this stack`],
]);

/** Problems that block the plan: they look as dangerous as what they prevent. */
export function blockedBox(plan: Plan, origin: Origin, most: number): Markdown | undefined {
  const items = problemItems(plan, "error", origin, most);
  return items.length === 0 ? undefined : alertBox("CAUTION", items);
}

/** Warnings such as drift, and changed policy files. */
export function warningBox(
  plan: Plan,
  origin: Origin,
  most: number,
  policyFiles: readonly string[] = [],
  buildFile?: string,
): Markdown | undefined {
  const items = [...problemItems(plan, "warning", origin, most), ...policyItems(policyFiles, buildFile)];
  return items.length === 0 ? undefined : alertBox("WARNING", items);
}

/** The warning for changed policy files; a change of the build is there before the merge. */
export function policyItems(files: readonly string[], buildFile?: string): readonly Markdown[] {
  if (buildFile !== undefined && files.includes(buildFile)) {
    const others = files.filter((file) => file !== buildFile);
    return [
      md`**The build changes:** ${codeSpan(buildFile, 120)} of this pull request builds the code of this plan. Review it like code.`,
      ...policyItems(others),
    ];
  }
  if (files.length === 0) return [];
  const names = atMost(
    5,
    files,
    (file) => codeSpan(file, 120),
    (left) => counted(left, "more file"),
  );
  return [
    md`**Policy files change:** ${joinMarkdown(names, ", ")}. This plan follows the rules of the default branch; the new rules apply after the merge.`,
  ];
}

function problemItems(
  plan: Plan,
  severity: Problem["severity"],
  origin: Origin,
  most: number,
): readonly Markdown[] {
  const problems = plan.problems.filter((problem) => problem.severity === severity);
  const intro = severity === "error" ? md`**Cannot be applied.** ` : md``;
  return atMost(
    most,
    problems,
    (problem) => md`${intro}${problemText(problem, plan, origin)}`,
    (left) => md`… and ${counted(left, severity === "error" ? "more problem" : "more warning")}.`,
  );
}

/** What it is about in the reader's words, as the table has it; anywhere but at its start a name stays as it is. */
function problemSentence(
  message: string,
  key: string | undefined,
  code: readonly (string | undefined)[],
): Markdown {
  if (key === undefined || !message.startsWith(`${key} `) || typeOf(key) === "")
    return sentenceProse(message, { code, max: 500 });
  const rest = sentenceProse(message.slice(key.length + 1), { code, max: 500 });
  return md`${resourceInSentence({ type: typeOf(key), name: nameOf(key) }, "The")} ${rest}`;
}

function problemText({ code, message, hint, key, at }: Problem, plan: Plan, origin: Origin): Markdown {
  const heading = HEADINGS.get(code);
  const paths = plan.changes.find((change) => change.key === key)?.properties.map(({ path }) => path) ?? [];
  return joinMarkdown(
    [
      ...(heading === undefined ? [] : [md`**${heading}:**`]),
      problemSentence(message, key, [key, ...paths.slice(0, 20)]),
      ...(hint === undefined ? [] : [md`*${prose(hint, { max: 400 })}*`]),
      ...(at === undefined ? [] : [sourceLink(origin, at)]),
      md`<sub>${codeSpan(code, 60)}</sub>`,
    ],
    " ",
  );
}
