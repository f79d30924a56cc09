/** The signs that stand in front of words. Always beside the word itself: colour and shape alone say nothing. */
import type { StepOutcome } from "../model/apply.ts";
import type { Kind } from "../text/words.ts";

export const KIND_SIGNS: Readonly<Record<Kind, string>> = {
  delete: "🔴",
  replace: "🟠",
  update: "🟡",
  redeploy: "🔵",
  create: "🟢",
  "no-op": "⚪",
};

export const OUTCOME_SIGNS: Readonly<Record<StepOutcome | "running" | "waiting", string>> = {
  succeeded: "✅",
  failed: "❌",
  skipped: "⏭️",
  cancelled: "⏹️",
  running: "⏳",
  waiting: "⬜",
};
