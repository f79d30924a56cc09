/** The result of an apply, prepared for display in comments, terminal and pages. Pure. */
import type { ApplyResult, Output } from "../model/apply.ts";
import { grouped } from "../text/words.ts";
import { sortedOutputs } from "./outputs.ts";
import { attentionFirst, resultSteps, type Step } from "./steps.ts";
import { countKinds, doneInWords, type KindCounts, STEP_VOCABULARY } from "./vocabulary.ts";

export interface StepsView {
  /** Failures first, successes last. */
  readonly steps: readonly Step[];
  readonly failures: readonly Step[];
  /** The number of completed changes of each kind. */
  readonly doneKinds: KindCounts;
  /** `3 created, 1 updated`; empty if nothing was done. */
  readonly done: string;
  /** `1 failed, 3 skipped`; empty if everything was done. */
  readonly notDone: string;
}

export interface ResultView extends StepsView {
  /** Endpoint first. */
  readonly outputs: readonly Output[];
}

/** Views the steps of one or several stacks. */
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

/** Views a finished apply. */
export function viewResult(result: ApplyResult): ResultView {
  return { ...viewSteps(resultSteps(result)), outputs: sortedOutputs(result.outputs) };
}
