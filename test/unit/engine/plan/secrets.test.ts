/** What came from Secrets Manager is not seen in what leaves the process, in whatever form AWS quotes it. */
import { describe, expect, it } from "vitest";
import {
  hiddenEvent,
  hiddenOutputs,
  hiddenProblem,
  hiddenResult,
  linesToHide,
  maskedChanges,
  secretTexts,
  withoutBefore,
} from "../../../../src/engine/plan/secrets.ts";
import type { ApplyEvent, ResourceResult } from "../../../../src/model/apply.ts";
import type { JsonObject, JsonValue } from "../../../../src/model/values.ts";
import type { PropertyChange } from "../../../../src/resources/type.ts";
import { showChange } from "../../../../src/engine/plan/shown/show.ts";
import { box } from "./toy-types.ts";

const failed = (message: string, hint?: string): ResourceResult => ({
  key: "Lambda::Function::fn",
  type: "Lambda::Function",
  name: "fn",
  action: "update",
  outcome: "failed",
  durationMs: 1,
  error: { code: "InvalidParameterValueException", message, ...(hint === undefined ? {} : { hint }) },
});
const { error: _, ...succeeded } = { ...failed(""), outcome: "succeeded" as const };

const STORED = { texts: ["s3cret-1"], secrets: ["s3cret-1"], commonSecrets: ["a.1"] };

describe("a secret is hidden", () => {
  it("that is short, where it is a word of its own", () => {
    const { error } = hiddenResult(
      failed("'a.1' is no number; a.10, ba.1 and 'aX1' are none either"),
      STORED,
    );
    expect(error?.message).toBe("'(sensitive)' is no number; a.10, ba.1 and 'aX1' are none either");
    const problem = { severity: "error", code: "X", message: "a.1", hint: "Not a.1." } as const;
    expect(hiddenProblem(problem, STORED)).toMatchObject({
      message: "(sensitive)",
      hint: "Not (sensitive).",
    });
    expect(hiddenProblem(problem, undefined)).toBe(problem);
  });

  it("in an error's message and hint", () => {
    const { error } = hiddenResult(failed("Value 's3cret-1' is not s3cret-1", "not s3cret-1"), STORED);
    expect(error).toEqual({
      code: "InvalidParameterValueException",
      message: "Value '(sensitive)' is not (sensitive)",
      hint: "not (sensitive)",
    });
    expect(hiddenResult(failed("s3cret-1"), STORED).error).not.toHaveProperty("hint");
  });

  it("with quotes and lines also where AWS quotes it as JSON", () => {
    const key = '-----BEGIN KEY-----\nab"cd\n-----END KEY-----';
    const { error } = hiddenResult(failed(`Invalid JSON: ${JSON.stringify({ key })}, ${key}`), {
      texts: [key],
      commonSecrets: [],
    });
    expect(error?.message).toBe('Invalid JSON: {"key":"(sensitive)"}, (sensitive)');
  });

  it("in what is told while an apply runs", () => {
    const finished: ApplyEvent = { kind: "step-finished", result: failed("s3cret-1"), at: 1 };
    expect(hiddenEvent(finished, STORED)).toMatchObject({
      result: { error: { message: "(sensitive)" } },
    });
    const started: ApplyEvent = { kind: "step-started", key: "s3cret-1", action: "update", at: 1 };
    expect(hiddenEvent(started, STORED)).toBe(started);
  });

  it("in a problem and its hint", () => {
    const problem = { severity: "error", code: "X", message: "has s3cret-1" } as const;
    expect(hiddenProblem(problem, STORED)).toEqual({ ...problem, message: "has (sensitive)" });
    expect(hiddenProblem({ ...problem, hint: "s3cret-1?" }, STORED).hint).toBe("(sensitive)?");
  });

  it("in what a stack reports", () => {
    const output = { type: "t", resource: "fn", name: "Url", value: "https://x/?t=s3cret-1" };
    expect(hiddenOutputs([output], STORED)).toEqual([{ ...output, value: "https://x/?t=(sensitive)" }]);
    expect(hiddenOutputs([output], undefined)).toEqual([output]);
  });

  it.each([
    ["function", 'The function "function" has no lambda', 'The function "(sensitive)" has no lambda'],
    ["lambda", "ApiGatewayV2: arn:aws:lambda:eu-west-1 is used by Lambda", undefined],
    [
      "orders",
      "SNS::Topic::orders of the orders: KEY=orders",
      "SNS::Topic::orders of the orders: KEY=(sensitive)",
    ],
  ])("that is an ordinary word where a sentence of ours quotes it: %s", (word, message, expected) => {
    const stored = { texts: [], secrets: [], commonSecrets: [word] };
    const problem = { severity: "error", code: "X", message } as const;
    expect(hiddenProblem(problem, stored).message).toBe(expected ?? message);
  });

  it("that is an ordinary word as a word of what AWS says", () => {
    const { error } = hiddenResult(failed("orders is no number, borders is none", "See the orders."), {
      texts: [],
      commonSecrets: ["orders"],
    });
    expect(error).toMatchObject({
      message: "(sensitive) is no number, borders is none",
      hint: "See the orders.",
    });
  });

  it("that is an ordinary word where it is a value of an output, not in its address", () => {
    const of = (value: string) =>
      hiddenOutputs([{ type: "t", resource: "fn", name: "Url", value }], {
        secrets: [],
        commonSecrets: ["lambda"],
      })[0]?.value;
    expect(of("https://x.lambda-url.eu-west-1.on.aws/lambda/")).toBe(
      "https://x.lambda-url.eu-west-1.on.aws/lambda/",
    );
    expect(of("https://x/?t=lambda&u=1")).toBe("(sensitive)");
  });

  it("and nothing else is touched", () => {
    expect(hiddenResult(succeeded, STORED)).toBe(succeeded);
    const result = failed("Value");
    expect(hiddenResult(result, undefined)).toBe(result);
  });
});

describe("a change is masked", () => {
  const change = (path: string, before?: JsonValue, after?: JsonValue): PropertyChange => ({
    path,
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
    replaces: false,
    sensitive: false,
  });
  const masked = (
    one: PropertyChange,
    {
      state = {},
      other = state,
      secrets = [],
      commonSecrets = [],
    }: { state?: JsonObject; other?: JsonObject; secrets?: string[]; commonSecrets?: string[] },
  ) =>
    maskedChanges(box, [one], [{ state: () => state, without: () => other }], { secrets, commonSecrets }).map(
      ({ sensitive }) => sensitive,
    );

  it.each<[string, string, JsonObject, JsonObject, boolean]>([
    ["where the state would be another with another value", "A", { A: "s", B: 1 }, { A: "x", B: 1 }, true],
    ["not beside it", "B", { A: "s", B: 1 }, { A: "x", B: 1 }, false],
    ["above it", "A", { A: { B: "s" } }, { A: { B: "x" } }, true],
    ["below it", "A.B", { A: ["s"] }, { A: ["x"] }, true],
    ["below it in a list", "A[0].B", { A: ["s"] }, { A: ["x"] }, true],
    ["not where the name only begins so", "AB", { A: "s" }, { A: "x" }, false],
    ["not in what is inside another that only begins so", "AB.C", { A: "s" }, { A: "x" }, false],
    ["not where it only begins as the name", "A", { AB: "s" }, { AB: "x" }, false],
    ["also in what AWS never returns", "Secret", { Secret: "s" }, { Secret: "x" }, true],
    [
      "not for what is only known after the apply",
      "A",
      { A: { $unknown: "r" } },
      { A: { $unknown: "r" } },
      false,
    ],
    ["not for a password that is made", "A", { A: { $generated: 16 } }, { A: { $generated: 16 } }, false],
    [
      "beside what is only known later",
      "A",
      { A: [{ $unknown: "r" }, "s"] },
      { A: [{ $unknown: "r" }, "x"] },
      true,
    ],
  ])("%s", (_what, path, state, other, expected) => {
    expect(masked(change(path, "a", "b"), { state, other })).toEqual([expected]);
  });

  it.each<[string, PropertyChange, boolean]>([
    ["where it is the value before", change("A", "x s3cret-1 y"), true],
    ["where it is the value after", change("A", undefined, "s3cret-1"), true],
    ["in a list", change("A", undefined, [1, "s3cret-1"]), true],
    ["in an object", change("A", { B: { C: "s3cret-1" } }), true],
    ["as JSON writes it", change("A", { B: 'x ab"cd\n y' }), true],
    ["in a text that is JSON", change("A", JSON.stringify({ B: 'x ab"cd\n y' })), true],
    ["in a text that is JSON", change("A", JSON.stringify({ B: 'x ab"cd\n y' })), true],
    ["nowhere else", change("A", { B: null, C: true }, ["x"]), false],
  ])("%s", (_what, one, expected) => {
    expect(masked(one, { secrets: ["other-1", "s3cret-1", 'ab"cd\n'] })).toEqual([expected]);
    expect(masked(one, {})).toEqual([false]);
  });

  it("where a secret that is JSON is taken apart, so that no text holds all of it", () => {
    expect(
      masked(change("A", undefined, { user: "ana", word: "x" }), { secrets: ['{"user":"ana","word":"x"}'] }),
    ).toEqual([true]);
    expect(masked(change("A", { user: "ana" }), { secrets: ['{"user":"ana"}'] })).toEqual([true]);
  });

  it("where a short secret is the whole of a value, and not where it is a part of one", () => {
    const short = { commonSecrets: ["abc", "12"] };
    expect(masked(change("A", "abc"), short)).toEqual([true]);
    expect(masked(change("A", undefined, ["x", 12]), short)).toEqual([true]);
    expect(masked(change("A", "abcdef", "12 x"), short)).toEqual([false]);
  });

  it.each<[string, JsonValue, boolean]>([
    ["the whole of a value", "lambda", true],
    ["a word of a header", "Bearer lambda", true],
    ["a value in JSON", '{"key":"lambda"}', true],
    ["a parameter of an address", "https://x/?key=lambda&a=1", true],
    ["the password of an address", "postgres://user:lambda@host/db", true],
    ["a part of an ARN", "arn:aws:lambda:eu-west-1:123456789012:function:x", false],
    ["a part of a name", "my-lambda", false],
    ["a key", { lambda: "x" }, false],
  ])("where an ordinary word is %s: %j", (_what, value, expected) => {
    expect(masked(change("A", undefined, value), { commonSecrets: ["lambda"] })).toEqual([expected]);
  });

  it("before, wherever that is text, when nobody knows which secrets the base branch takes", () => {
    const changes = [
      change("A", "old", "new"),
      change("B", 1, 2),
      change("C", ["x"]),
      change("D", undefined, "x"),
    ];
    expect(withoutBefore(changes).map((one) => one.hidesBefore ?? false)).toEqual([true, false, true, false]);
    expect(showChange(withoutBefore(changes)[0] ?? change("none"))).toMatchObject({
      before: "(sensitive)",
      after: "new",
    });
  });

  it("everywhere when the type takes no other text", () => {
    const without = () => {
      throw new Error("not JSON");
    };
    const changes = maskedChanges(box, [change("A", 1, 2)], [{ state: () => ({}), without }], {
      secrets: [],
      commonSecrets: [],
    });
    expect(changes).toEqual([{ ...change("A", 1, 2), sensitive: true }]);
  });
});

describe("what a job hides in its log", () => {
  const sensitive = ["Origins.Items.*.Headers.*.Value", "Environment.Variables", "Password", "Word"];

  it("are the texts at sensitive properties, but for environment variables and short ones", () => {
    const state = {
      Origins: {
        Items: [{ Headers: [{ Name: "x-key", Value: "s3cret-1" }] }, { Headers: [{ Value: "abc" }] }, {}],
      },
      Environment: { Variables: { STAGE: "production" } },
      Password: "hunter22",
      Word: "production",
      Other: "not sensitive",
    };
    expect(secretTexts({ sensitive }, state)).toEqual(["s3cret-1", "hunter22"]);
  });

  it.each<[string, string, readonly string[]]>([
    ["a secret of one line", "s3cret-1", ["s3cret-1"]],
    ["each line of a key", "-----BEGIN KEY-----\nabcdef\n", ["-----BEGIN KEY-----", "abcdef"]],
    ["JSON without its brackets, which are in every log", '{\r\n  "password": "x"\r\n}', ['"password": "x"']],
    ["nothing of what is only space", "   \n       ", []],
  ])("is %s", (_what, secret, expected) => {
    expect(linesToHide(secret)).toEqual(expected);
  });
});
