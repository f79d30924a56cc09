/** The job summary: the complete plan. GitHub accepts 1 MiB per step. */
import { md } from "../../../text/markdown.ts";
import type { Markdown } from "../../../text/markdown.ts";
import { planDocument } from "./document.ts";
import type { Level } from "./section.ts";
import type { PlanReport } from "../../report.ts";

/** Slightly below GitHub's limit: the step may write another line. */
export const SUMMARY_BYTES = 1_000_000;

const ALL = Number.POSITIVE_INFINITY;
const LEVELS: readonly Level[] = [
  { rows: ALL, boxes: ALL, links: true, sections: ALL },
  { rows: ALL, boxes: 200, links: false, sections: ALL },
  { rows: 2_000, boxes: 100, links: false, sections: ALL },
  { rows: 500, boxes: 20, links: false, sections: ALL },
  { rows: 50, boxes: 5, links: false, sections: 500 },
  { rows: 1, boxes: 1, links: false, sections: 200 },
];

/** Markdown without marker and commands: nobody can reply to a summary. */
export function planSummary(report: PlanReport, budget: number = SUMMARY_BYTES): Markdown {
  return planDocument(report, {
    budget,
    levels: LEVELS,
    foldLines: 5_000,
    commands: false,
    elsewhere: md`, all in the plan file`,
  });
}
