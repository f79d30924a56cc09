/** What an apply did, as everything that shows it needs it: comment, terminal and pages. Pure. */
import type { ApplyResult, Output } from "../model/apply.ts";
import { grouped } from "../text/words.ts";
import { sortedOutputs } from "./outputs.ts";
import { attentionFirst, resultSteps, type Step } from "./steps.ts";
import { countKinds, doneInWords, type KindCounts, STEP_VOCABULARY } from "./vocabulary.ts";

export interface StepsView {
  /** Failures first, what succeeded last. */
  readonly steps: readonly Step[];
  readonly failures: readonly Step[];
  /** How many changes of each kind were carried out. */
  readonly doneKinds: KindCounts;
  /** `3 created, 1 updated`; empty when nothing was done. */
  readonly done: string;
  /** `1 failed, 3 skipped`; empty when all was done. */
  readonly notDone: string;
}

export interface ResultView extends StepsView {
  /** Endpoint first. */
  readonly outputs: readonly Output[];
}

/** The steps of one stack, or of several together. */
export function viewSteps(all: readonly Step[]): StepsView {
  const steps = attentionFirst(all);
  const doneKinds = countKinds(steps.filter(({ state }) => state === "succeeded").map(({ kind }) => kind));
  const rest = new Map<string, number>();
  for (const { state } of steps) {
    const { word } = STEP_VOCABULARY[state];
    if (state !== "succeeded") rest.set(word, (rest.get(word) ?? 0) + 1);
  }
  return {
    steps,
    failures: steps.filter(({ state }) => state === "failed"),
    doneKinds,
    done: doneInWords(doneKinds),
    notDone: [...rest].map(([word, count]) => `${grouped(count)} ${word}`).join(", "),
  };
}

/** A finished apply. */
export function viewResult(result: ApplyResult): ResultView {
  return { ...viewSteps(resultSteps(result)), outputs: sortedOutputs(result.outputs) };
}
