/** Turns the guest's final message into a checked result or an error with its place. */
import { GatewrightError } from "../../../model/errors.ts";
import { makeEntryPlaces } from "./entry-places.ts";
import { failureError } from "./failures.ts";
import { makeLineIndexes } from "./line-index.ts";
import { makePlaces } from "./places.ts";
import type { ErrorParts, Outcome, RunRequest } from "../protocol.ts";
import { checkResult, parseResult } from "./result.ts";
import type { Scripts } from "./scripts.ts";

/** How an evaluation ended: JSON text of a `GuestResult`, whether memory was used up by then, or why there is none. */
export type Ending =
  | { readonly result: string; readonly full: boolean }
  | Extract<Outcome, { ended: string }>;

export function conclude(
  ending: Ending,
  { guest, timeoutMs, memoryBytes }: RunRequest,
  scripts: Scripts,
): Outcome {
  const linesOf = makeLineIndexes(scripts.texts);
  const places = makePlaces(linesOf, scripts.mappings());
  if ("ended" in ending) return { ...ending, at: places.ofStack(ending.detail) };
  try {
    const parsed = parseResult(ending.result);
    if ("failure" in parsed) {
      const error = failureError(parsed.failure, places, { timeoutMs, memoryBytes }, ending.full);
      return { error: partsOf(error), refused: parsed.failure.refused };
    }
    const entryPlaces = makeEntryPlaces(scripts.texts, linesOf);
    const { nonce, limits } = guest;
    return { checked: checkResult(parsed.result, { nonce, limits, places, entryPlaces }) };
  } catch (error) {
    if (error instanceof GatewrightError) return { error: partsOf(error) };
    throw error;
  }
}

function partsOf({ code, message, hint, at }: GatewrightError): ErrorParts {
  return { code, message, hint, at };
}
