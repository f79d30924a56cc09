/** The smoke test of an apply, in words. Pure. */
import { type ApplyResult, failedSmoke } from "../model/apply.ts";
import { plural } from "../text/words.ts";
import type { ErrorView } from "./report.ts";

/** In one line: `smoke test: 1 of 2 calls passed; GET /hello: answered 500, not 200`. Undefined where nothing was called. */
export function smokeLine(result: ApplyResult | undefined): string | undefined {
  const calls = result?.smoke ?? [];
  if (calls.length === 0) return undefined;
  const [first] = failedSmoke(result);
  const passed = calls.filter((call) => call.passed).length;
  const wrong = first === undefined ? "" : `; ${first.call}: ${first.found}`;
  return `smoke test: ${passed} of ${plural(calls.length, "call")} passed${wrong}`;
}

/** Why an apply did not succeed: each step's error, and each call's. */
export function resultErrors(result: ApplyResult | undefined): readonly ErrorView[] {
  const steps = (result?.results ?? []).flatMap(({ key, error }) =>
    error === undefined ? [] : [{ ...error, message: `${key}: ${error.message}` }],
  );
  const calls = failedSmoke(result).map(({ call, found }) => ({
    code: "SMOKE_FAILED",
    message: `${call}: ${found}`,
  }));
  return [...steps, ...calls];
}
