/** The plan comment on the pull request: one for all stacks of a stage, edited in place. */
import { md, type Markdown } from "../../../text/markdown.ts";
import { seenDigest } from "../../../engine/plan/identity/facts.ts";
import { COMMENT_BYTES } from "../size-limit.ts";
import { link } from "../../../text/link.ts";
import { planMarkerLine } from "../marker.ts";
import { planDocument } from "./document.ts";
import type { Level } from "./section.ts";
import { changesOf, planState } from "./title.ts";
import { isPlanned, type PlanReport } from "../../report.ts";
import { countKinds, kindOf, occurring } from "../../vocabulary.ts";

const LEVELS: readonly Level[] = [
  { rows: 50, boxes: 12, links: true, sections: 200 },
  { rows: 50, boxes: 12, links: false, sections: 200 },
  { rows: 25, boxes: 8, links: false, sections: 200 },
  { rows: 12, boxes: 5, links: false, sections: 200 },
  { rows: 6, boxes: 3, links: false, sections: 200 },
  { rows: 3, boxes: 2, links: false, sections: 200 },
  { rows: 1, boxes: 1, links: false, sections: 100 },
  { rows: 1, boxes: 1, links: false, sections: 30 },
  { rows: 1, boxes: 1, links: false, sections: 10 },
  { rows: 0, boxes: 1, links: false, sections: 3 },
  { rows: 0, boxes: 1, links: false, sections: 0 },
];

/** Returns Markdown of at most {@link COMMENT_BYTES} bytes. It begins with the marker that {@link parseMarker} reads. */
export function planComment(report: PlanReport, budget: number = COMMENT_BYTES): Markdown {
  return planDocument(report, {
    budget,
    levels: LEVELS,
    foldLines: 150,
    marker: planMarkerOf(report),
    commands: true,
    elsewhere: md`, all in the ${link(md`job summary`, report.origin.runUrl)}`,
  });
}

/** The first line of whatever shows this plan. */
export function planMarkerOf(report: PlanReport): Markdown {
  const { stage, stacks, origin, job, baseSha } = report;
  return planMarkerLine({
    version: 1,
    stage,
    state: planState(report),
    ...(job === undefined ? {} : { job }),
    ...(baseSha === undefined ? {} : { baseSha }),
    counts: occurring(countKinds(changesOf(stacks).map(kindOf))),
    stacks: stacks.map((stack) => ({
      directory: stack.directory,
      ...(isPlanned(stack)
        ? { planId: stack.plan.id, digest: stack.plan.digest, seen: seenDigest(stack.plan) }
        : {}),
      headSha: origin.headSha,
    })),
  });
}
