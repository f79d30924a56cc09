/** The comment that shows the progress and the result of `/apply` or a merge. */
import { counted, joinMarkdown, md, type Markdown } from "../../../text/markdown.ts";
import type { ApplyReport } from "../../apply-report.ts";
import { alertBox } from "../alert-box.ts";
import { applySection, type ApplyLevel } from "./section.ts";
import { previewNote, previewTitle } from "./preview.ts";
import { applySectionTitle, applyTitle, askedLine, planOf, stateOf, stepsView } from "./title.ts";
import { COMMENT_BYTES, firstThatFits } from "../size-limit.ts";
import { link } from "../../../text/link.ts";
import { applyMarkerLine } from "../marker.ts";
import { occurring } from "../../vocabulary.ts";

const LEVELS: readonly ApplyLevel[] = [
  { rows: 60, boxes: 10, outputs: 30, sections: 100 },
  { rows: 30, boxes: 8, outputs: 20, sections: 100 },
  { rows: 15, boxes: 5, outputs: 10, sections: 100 },
  { rows: 5, boxes: 3, outputs: 5, sections: 50 },
  { rows: 2, boxes: 1, outputs: 3, sections: 15 },
  { rows: 0, boxes: 1, outputs: 1, sections: 3 },
  { rows: 0, boxes: 0, outputs: 0, sections: 0 },
];

/** Returns Markdown of at most {@link COMMENT_BYTES} bytes. It begins with the marker that `parseApplyMarker` reads. */
export function applyComment(report: ApplyReport, budget: number = COMMENT_BYTES): Markdown {
  // The head does not depend on the level of detail, and it counts every step: build it once.
  const head = headOf(report);
  const found = firstThatFits(LEVELS, (level) => compose(report, head, level), budget);
  return found?.text ?? md``;
}

/** Marker, title and request. */
function headOf(report: ApplyReport): readonly Markdown[] {
  const { stacks, origin, stage, run } = report;
  const view = stepsView(stacks);
  const marker = applyMarkerLine({
    version: 1,
    stage,
    state: stateOf(stacks, view),
    counts: occurring(view.doneKinds),
    headSha: origin.headSha,
    ...(run === undefined ? {} : { run }),
    stacks: stacks.map((stack) => {
      const [plan] = planOf(stack);
      return { directory: stack.directory, ...(plan === undefined ? {} : { planId: plan.id }) };
    }),
  });
  const title = applyTitle(report, view);
  return report.preview === undefined
    ? [md`${marker}\n## ${title}`, askedLine(report)]
    : [md`${marker}\n## ${previewTitle(report.preview, title)}`, askedLine(report)];
}

const HOLDS = md`Until it is merged or closed, this pull request holds what it applied to: other pull requests can be planned, but not applied. \`/release\` ends the hold.`;

const HELD_BACK = md`AWS has an earlier commit than the branch now: merges and other pull requests wait, until somebody sends \`/release\`.`;

function compose(report: ApplyReport, head: readonly Markdown[], level: ApplyLevel): Markdown {
  const { stacks, origin } = report;
  const several = stacks.length > 1;
  const elsewhere = origin.runUrl === undefined ? md`` : md`, all in ${link(md`the run`, origin.runUrl)}`;
  const shown = stacks.slice(0, level.sections);
  const hidden = stacks.length - shown.length;
  return joinMarkdown(
    [
      ...head,
      ...shown.flatMap((stack) => [
        ...(several ? [md`### ${applySectionTitle(stack, report)}`] : []),
        ...applySection(stack, report, level, elsewhere),
      ]),
      ...(report.holds === true ? [alertBox("NOTE", [HOLDS])] : []),
      ...(report.holds === "rollback" ? [alertBox("NOTE", [HELD_BACK])] : []),
      ...(report.preview === undefined ? [] : previewNote(report.preview)),
      ...(hidden === 0 ? [] : [md`… and ${counted(hidden, "more stack")}${elsewhere}.`]),
    ],
    "\n\n",
  );
}
