import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { errorAnnotations } from "../../../../src/report/annotations.ts";
import { terminalErrors } from "../../../../src/report/terminal/errors.ts";
import { terminalPlan } from "../../../../src/report/terminal/plan.ts";
import { progressLines } from "../../../../src/report/terminal/progress.ts";
import { terminalResult } from "../../../../src/report/terminal/result.ts";
import { GatewrightError } from "../../../../src/model/errors.ts";
import { CALLABLES } from "../../../fixtures/comments.ts";
import * as plans from "../../../fixtures/plans.ts";
import { aChange, aPlan, aProperty } from "../../../fixtures/plans.ts";
import { hostilePlan, hostileText } from "../hostile.ts";

const plain = { color: false, verbose: true };

describe("a plan at a terminal", () => {
  it("has a title, changes with their lines, problems and totals", () => {
    const lines = terminalPlan(plans.everyday(), plain).split("\n");
    expect(lines[0]).toMatch(
      /^Plan {2}stage dev · account 840541460064 · region eu-west-2 · plan [0-9a-f]{12}$/,
    );
    expect(lines.slice(2, 5)).toEqual([
      "- delete   ApiGatewayV2::Route route::my-api::GET /legacy  r4m9t2k",
      "    not in the spec",
      "    Callers of GET /legacy get 404 from https://7a38wlw431.execute-api.eu-west-2.amazonaws.com.",
    ]);
    expect(lines).toContain("    - TimeoutInMillis: 30000");
    expect(lines).toContain(
      "warning DRIFT resources.js:12 ApiGatewayV2::Integration::integration::my-api::my-function was changed outside of Gatewright: TimeoutInMillis",
    );
    expect(lines.at(-2)).toBe(
      "1 to create, 1 to redeploy, 3 to update, 1 to replace, 1 to delete (3 resources unchanged)",
    );
    expect(lines.at(-1)).toBe("");
  });

  it("says that nothing changes, or what stops it", () => {
    expect(terminalPlan(plans.unchanged(), plain)).toContain("\nNo changes (8 resources unchanged)\n");
    expect(terminalPlan(plans.blocked(), plain)).toContain("\n7 to create, blocked by 1 problem\n");
    const nothingElse = { ...plans.unchanged(), problems: plans.blocked().problems };
    expect(terminalPlan(nothingElse, plain)).toContain("\nBlocked by 1 problem");
  });

  it("is the same text with and without colour", () => {
    const colored = terminalPlan(plans.everyday(), { color: true, verbose: true });
    expect(colored).toContain("\u001b[31m- delete");
    expect(colored.replace(/\u001b\[\d+m/g, "")).toBe(terminalPlan(plans.everyday(), plain));
  });

  it("sends no control character of a spec or AWS to the terminal, and no command to GitHub's runner", () => {
    const text = aProperty("P", "a\n::add-mask::x\n##[error]y", "b\n::add-mask::x\n##[error]y");
    const shown = terminalPlan(aPlan([aChange("update", "A::B", "n", { properties: [text] })]), plain);
    expect(shown).toContain("\\::add-mask::x");
    fc.assert(
      fc.property(hostilePlan, (plan) => {
        expect(terminalPlan(plan, plain)).not.toMatch(/^\s*::|##\[/m);
        expect(terminalPlan(plan, plain)).not.toMatch(
          /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/,
        );
      }),
      { numRuns: 300 },
    );
  });
});

describe("a plan in short", () => {
  const short = (plan: Parameters<typeof terminalPlan>[0]): readonly string[] =>
    terminalPlan(plan, { color: false }).trimEnd().split("\n");

  it("of a first deploy has a line per resource, and fits a small terminal", () => {
    const lines = short({ ...plans.firstDeploy(), open: ["GET /hello"], opens: ["GET /hello"] });
    expect(lines.length).toBeLessThanOrEqual(25);
    expect(lines[2]).toBe("becomes public, anybody may call: GET /hello");
    expect(lines.map((line) => line.replace(/ +/g, " "))).toContain(
      "+ create GET /hello route of my-api → my-function, no authorization",
    );
    expect(lines.at(-1)).toBe("--verbose shows every property");
  });

  it("says which managed policies a role gets and loses", () => {
    const role = (action: "create" | "update", before?: string[], after?: string[]) =>
      short(
        aPlan([
          aChange(action, "IAM::Role", "my-role", {
            properties: [aProperty("AttachedPolicies", before, after)],
          }),
        ]),
      );
    const admin = ["arn:aws:iam::aws:policy/AdministratorAccess"];
    expect(role("create", undefined, admin).join("\n")).toContain("IAM role  + policy/AdministratorAccess");
    expect(role("update", admin, undefined).join("\n")).toContain("IAM role  - policy/AdministratorAccess");
  });

  it("says what is deleted and replaced first, each once, then problems, then the changes", () => {
    const lines = short(plans.everyday());
    const order = [
      "! deletes the route GET /legacy",
      "! replaces the integration",
      "warning DRIFT",
      "- delete ",
    ];
    const places = order.map((start) => lines.findIndex((line) => line.startsWith(start)));
    expect(places.every((place) => place >= 0)).toBe(true);
    expect([...places].sort((one, other) => one - other)).toEqual(places);
    expect(lines.join("\n")).toContain("+ dynamodb:PutItem on table/orders");
    expect(lines.join("\n")).toContain("code: 1 kB → 13 kB, 4 files");
  });

  it("sends nothing to the terminal or the runner that a spec could have written", () => {
    fc.assert(
      fc.property(hostilePlan, (plan) => {
        const text = terminalPlan(plan, { color: false });
        expect(text).not.toMatch(/^\s*::|##\[/m);
        expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
      }),
      { numRuns: 200 },
    );
  });
});

describe("an apply at a terminal", () => {
  it("has a line when a step starts and one when it ends", () => {
    const { plan, results } = plans.halfFailed();
    const line = progressLines(plan, plain);
    const lines = results.map((result) => line({ kind: "step-finished", result, at: 0 }));
    expect(lines[0]).toBe("  ✓ created ApiGatewayV2::Api my-api 7a38wlw431 300 ms");
    expect(lines[3]).toMatch(
      /^ {2}✗ not created Lambda::Function my-function: AccessDeniedException: User: /,
    );
    expect(lines[4]).toBe(
      "  ↷ skipped ApiGatewayV2::Integration integration::my-api::my-function: needs my-function",
    );
    const started = {
      kind: "step-started",
      key: "A::Route::route::a::GET /",
      action: "create",
      at: 0,
    } as const;
    expect(line(started)).toBe("  … creating A::Route route::a::GET /");
  });

  it("says what a step waits for, and how long at most", () => {
    const line = progressLines(plans.halfFailed().plan, plain);
    const waiting = {
      kind: "step-waiting",
      key: "Lambda::Function::my-function",
      action: "create",
      awaiting: "Lambda to be able to assume the function's role",
      at: 0,
      until: 900_000,
    } as const;
    expect(line(waiting)).toMatch(
      /^ {2}· my-function waits for Lambda to be able to assume the function's role, at most 15 ?m/,
    );
  });

  it("calls a deployment that is only made again a redeploy, as its plan does", () => {
    const line = progressLines(plans.everyday(), plain);
    const key = "ApiGatewayV2::Deployment::deployment::my-api";
    expect(line({ kind: "step-started", key, action: "replace", at: 0 })).toContain("… redeploying ");
  });

  it("ends with errors, ids, and how to go on", () => {
    const text = terminalResult(plans.halfFailed(), plain);
    expect(text).toContain("Apply failed: 1 failed, 3 skipped, 4 created  41.2 s, 37 AWS calls\n");
    expect(text).toContain("  hint: Allow lambda:CreateFunction to the role deployer.\n");
    expect(text).toContain("  Endpoint  https://7a38wlw431.execute-api.eu-west-2.amazonaws.com  my-api\n");
    const told = ["hint: Allow", "run the same command again to continue", "  Endpoint "];
    const places = told.map((part) => text.indexOf(part));
    expect(places).toEqual(places.toSorted((one, other) => one - other));
    expect(places[0]).toBeGreaterThan(0);
    expect(terminalResult(plans.succeeded(plans.firstDeploy()), plain)).toContain("Apply done: 8 created");
  });

  it("tells what callers get in the order of the apply comment", () => {
    const result = plans.succeeded(plans.firstDeploy(), { callables: CALLABLES });
    const [title, ...lines] = terminalResult(result, { color: false }).split("\n");
    const endpoint = "https://7a38wlw431.execute-api.eu-west-2.amazonaws.com";
    expect(title).toMatch(/^Apply done: 8 created {2}/);
    expect(lines).toEqual([
      "",
      `  Endpoint  ${endpoint}  my-api (API)`,
      "",
      `  GET /hello                     ${endpoint}/hello                     anybody`,
      `  POST /orders                   ${endpoint}/orders                    who has a token`,
      `  GET /orders/{orderId}/invoice  ${endpoint}/orders/{orderId}/invoice  who has a token`,
      "",
      `  curl ${endpoint}/hello`,
      "",
      "  ApiId          7a38wlw431  my-api (API)",
      "  IntegrationId  tcymupe     my-function (integration of my-api)",
      "",
      "  FunctionArn  arn:aws:lambda:eu-west-2:840541460064:function:my-function  my-function (Lambda function)",
      "  RoleArn      arn:aws:iam::840541460064:role/lambda-role                  lambda-role (IAM role)",
      "",
    ]);
    const text = terminalResult(result, { color: true });
    expect(text).toContain("\u001b[36m7a38wlw431\u001b[39m");
    expect(
      text
        .replace(/\u001b\[\d+m/g, "")
        .split("\n")
        .slice(1),
    ).toEqual(lines);
  });

  it("counts the routes of a large API, and lists all with --verbose", () => {
    const [one] = CALLABLES;
    if (one === undefined) throw new Error("no callable");
    const callables = Array.from({ length: 32 }, (_, index) => ({ ...one, what: `GET /${index}` }));
    const result = plans.succeeded(plans.firstDeploy(), { callables });
    const brief = terminalResult(result, { color: false });
    expect(brief).toContain("  … and 2 more lines; --verbose shows all\n");
    expect(brief).not.toContain("GET /31");
    expect(terminalResult(result, plain)).toContain("GET /31");
    expect(terminalResult(result, plain)).toContain("  integration::my-api::my-function\n");
  });

  it("has no lines for a stack that gives nothing, and no control character of AWS", () => {
    const empty = plans.succeeded(plans.firstDeploy(), { outputs: [], callables: [] });
    expect(terminalResult(empty, plain).split("\n")).toHaveLength(2);
    fc.assert(
      fc.property(hostileText, hostileText, (value, what) => {
        const outputs = [{ type: "ApiGatewayV2::Api", resource: what, name: "ApiId", value }];
        const [one] = CALLABLES;
        const callables = one === undefined ? [] : [{ ...one, what, url: `https://x.example/${value}` }];
        const text = terminalResult(plans.succeeded(plans.firstDeploy(), { outputs, callables }), plain);
        expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
        expect(text).not.toMatch(/^\s*::|##\[/m);
      }),
      { numRuns: 300 },
    );
  });
});

describe("errors", () => {
  const error = new GatewrightError("PROPERTY_UNKNOWN", '"Timeoutt" is not a property', {
    hint: 'Did you mean "Timeout"?',
    at: { file: "resources.js", line: 71, column: 7 },
  });

  it("at a terminal have code, place, value and hint", () => {
    expect(terminalErrors(error, [error], false)).toBe(
      'error PROPERTY_UNKNOWN resources.js:71:7 "Timeoutt" is not a property\n  hint: Did you mean "Timeout"?',
    );
  });

  it("of ours keep their stack", () => {
    const text = terminalErrors(new TypeError("x is undefined"), undefined, false);
    expect(text).toContain("INTERNAL TypeError: x is undefined\n    at ");
    expect(text).toContain("This is a bug in Gatewright");
  });

  it("as annotations know their line", () => {
    expect(errorAnnotations([error])).toEqual([
      {
        title: "PROPERTY_UNKNOWN",
        message: '"Timeoutt" is not a property\nDid you mean "Timeout"?',
        file: "resources.js",
        line: 71,
        column: 7,
      },
    ]);
    expect(errorAnnotations([{ code: "X", message: "m" }])).toEqual([{ title: "X", message: "m" }]);
  });

  it("send no control characters", () => {
    fc.assert(
      fc.property(hostileText, hostileText, (message, hint) => {
        const text = terminalErrors(
          undefined,
          [{ code: "X", message, hint, at: { file: hint, line: 1 } }],
          false,
        );
        expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
      }),
    );
  });
});
