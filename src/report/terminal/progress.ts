/** Formats the progress of an apply for the terminal. */
import type { ApplyEvent } from "../../model/apply.ts";
import { nameOf, typeOf } from "../../model/plan.ts";
import type { Plan } from "../../model/plan.ts";
import { duration } from "../../text/duration.ts";
import { inertLog, visible } from "../../text/escape.ts";
import { type Kind, kindOf, STEP_VOCABULARY, type StepState, VOCABULARY } from "../vocabulary.ts";
import { type Colors, colorsFor } from "./colors.ts";
import type { TerminalOptions } from "./options.ts";

/** Formats each event of an apply as a line: one when a step starts and one when it ends. */
export function progressLines(
  { changes }: Pick<Plan, "changes">,
  { color }: TerminalOptions,
): (event: ApplyEvent) => string {
  const kinds = new Map(changes.map((change) => [change.key, kindOf(change)]));
  const colors = colorsFor(color);
  return (event) => {
    const { key, action } = event.kind === "step-finished" ? event.result : event;
    return inertLog(eventLine(event, kinds.get(key) ?? action, colors));
  };
}

function eventLine(event: ApplyEvent, kind: Kind, colors: Colors): string {
  const { done, doing } = VOCABULARY[kind];
  if (event.kind === "step-started") {
    const what = `${visible(typeOf(event.key))} ${visible(nameOf(event.key))}`;
    return colors.dim(`  ${STEP_VOCABULARY.running.symbol} ${doing} ${what}`);
  }
  if (event.kind === "step-waiting") {
    const limit = duration(event.until - event.at);
    const what = `${visible(nameOf(event.key))} waits for ${visible(event.awaiting)}`;
    return colors.dim(`  ${STEP_VOCABULARY.waiting.symbol} ${what}, at most ${limit}`);
  }
  const { type, name, outcome, id, durationMs, error, because } = event.result;
  const took = durationMs === 0 ? "" : colors.dim(` ${duration(durationMs)}`);
  const line = `  ${signed(outcome, colors)} ${wordFor(outcome, done)} ${visible(type)} ${visible(name)}`;
  if (outcome === "succeeded") {
    const shown = id === undefined || id === name || kind === "delete" ? "" : colors.dim(` ${visible(id)}`);
    return `${line}${shown}${took}`;
  }
  if (error !== undefined)
    return `${line}: ${colors.red(visible(error.code))}: ${visible(error.message)}${took}`;
  return because === undefined ? line : `${line}: needs ${visible(nameOf(because))}`;
}

function wordFor(state: StepState, done: string): string {
  if (state === "succeeded") return done;
  return state === "failed" ? `not ${done}` : STEP_VOCABULARY[state].word;
}

function signed(state: StepState, colors: Colors): string {
  const { symbol } = STEP_VOCABULARY[state];
  if (state === "succeeded") return colors.green(symbol);
  return state === "failed" ? colors.red(symbol) : colors.yellow(symbol);
}
