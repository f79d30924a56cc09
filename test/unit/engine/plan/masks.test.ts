/** What came from Secrets Manager is not seen in what AWS answers, in whatever form AWS quotes it. */
import { expect, it } from "vitest";
import { hiddenResult } from "../../../../src/engine/plan/masks.ts";
import type { ResourceResult } from "../../../../src/model/apply.ts";

const failed = (message: string, hint?: string): ResourceResult => ({
  key: "Lambda::Function::fn",
  type: "Lambda::Function",
  name: "fn",
  action: "update",
  outcome: "failed",
  durationMs: 1,
  error: { code: "InvalidParameterValueException", message, ...(hint === undefined ? {} : { hint }) },
});

it("a secret is hidden in an error's message and hint", () => {
  const { error } = hiddenResult(failed("Value 's3cret-1' is wrong", "not s3cret-1"), ["s3cret-1"]);
  expect(error).toMatchObject({ message: "Value '(sensitive)' is wrong", hint: "not (sensitive)" });
});

it("a secret with quotes and lines is hidden also where AWS quotes it as JSON", () => {
  const key = '-----BEGIN KEY-----\nab"cd\n-----END KEY-----';
  const { error } = hiddenResult(failed(`Invalid JSON: ${JSON.stringify({ key })}`), [key]);
  expect(error?.message).toBe('Invalid JSON: {"key":"(sensitive)"}');
});
