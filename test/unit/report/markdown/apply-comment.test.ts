import fc from "fast-check";
import { marked } from "marked";
import { describe, expect, it } from "vitest";
import type { ApplyEvent } from "../../../../src/model/apply.ts";
import { applyComment } from "../../../../src/report/markdown/apply/comment.ts";
import { parseApplyMarker } from "../../../../src/report/markdown/marker.ts";
import { shortId } from "../../../../src/report/words/short-id.ts";
import type { ApplyReport, StackApply } from "../../../../src/report/apply-report.ts";
import { COMMENT_BYTES } from "../../../../src/report/markdown/size-limit.ts";
import { CALLABLES } from "../../../fixtures/comments.ts";
import * as plans from "../../../fixtures/plans.ts";
import { hostilePlan, hostileText, injected, ORIGIN, unbalanced } from "../hostile.ts";

const html = (markdown: string): string => marked.parse(markdown, { async: false, gfm: true });
const report = (stack: StackApply, more: Partial<ApplyReport> = {}): ApplyReport => ({
  stage: "dev",
  origin: ORIGIN,
  asked: {
    kind: "command",
    text: "/apply 0123456789ab",
    by: "ana",
    url: `${ORIGIN.serverUrl}/acme/hello-api/pull/7#issuecomment-1`,
  },
  stacks: [stack],
  ...more,
});
const titleOf = (markdown: string): string => /^## (.*)$/m.exec(markdown)?.[1] ?? "";
const rowsOf = (markdown: string): readonly string[] =>
  markdown.split("\n").filter((line) => /^\| \S+\u00a0/.test(line));

const first = plans.firstDeploy();
const done: StackApply = { directory: ".", state: "finished", result: plans.succeeded(first) };

describe("a finished apply", () => {
  const text = applyComment(report(done, { run: "77-1" }));

  it("says what was asked, by whom, without calling them again", () => {
    expect(titleOf(text)).toBe("✅ Applied to `dev`: 8 created");
    expect(text).toContain(
      "[`/apply 0123456789ab`](https://github.example/acme/hello-api/pull/7#issuecomment-1) by [@ana](https://github.example/ana) · [`a1b2c3d`]",
    );
    expect(text).toContain("41.2 s, 37 AWS calls");
    expect(injected(html(text))).toEqual([]);
  });

  it("begins with the endpoint, the routes and one line to try them, then the ids, never in a fold", () => {
    const given = applyComment(
      report({ directory: ".", state: "finished", result: plans.succeeded(first, { callables: CALLABLES }) }),
    );
    const order = [
      "**Endpoint**: <https://7a38wlw431.execute-api.eu-west-2.amazonaws.com>",
      "| Call | Address | Callers |",
      "```sh\ncurl https://7a38wlw431.execute-api.eu-west-2.amazonaws.com/hello\n```",
      "| Id | Resource | Value |",
      "| ApiId | `my-api` *API* | `7a38wlw431` |",
      "| IntegrationId | `my-function` *integration of my-api* | `tcymupe` |",
      "<details><summary>2 ARNs</summary>",
      "- **FunctionArn** of `my-function`: `arn:aws:lambda:eu-west-2:840541460064:function:my-function`",
      "</details>",
      "| Result | Resource | Id |",
    ];
    const places = order.map((piece) => given.indexOf(piece));
    expect(places.every((place) => place >= 0)).toBe(true);
    expect([...places].sort((left, right) => left - right)).toEqual(places);
  });

  it("has a table of result, resource and id", () => {
    expect(rowsOf(text)[0]).toBe("| ✅\u00a0created, 300 ms | `my-api` *API* | `7a38wlw431` |");
    expect(rowsOf(text)).toHaveLength(8);
  });

  it("has a marker with its run", () => {
    expect(parseApplyMarker(text)).toEqual({
      version: 1,
      stage: "dev",
      state: "done",
      counts: { create: 8 },
      run: "77-1",
      headSha: ORIGIN.headSha,
      stacks: [{ directory: ".", planId: first.id }],
    });
  });
});

describe("a failed apply", () => {
  const text = applyComment(report({ directory: ".", state: "finished", result: plans.halfFailed() }));

  it("tells the failure first, with AWS's code, request id and what to do", () => {
    expect(titleOf(text)).toBe("❌ Apply failed in part for `dev`: 1 failed, 3 skipped, 4 created");
    expect(text).toContain(
      "> **Not created:** the Lambda function `my-function`: `AccessDeniedException`: User: `arn:aws:sts::",
    );
    expect(text).toContain("request `5a1f9be2-7a40-4c3c-9a7d-0d6f3a1b2c3d`");
    expect(text).toContain("*Allow `lambda:CreateFunction` to the role deployer.*");
    expect(html(text)).toContain("not created: <code>Access<wbr>Denied<wbr>Exception</code>, 1.9 s");
    expect(rowsOf(text)[1]).toBe(
      "| ⏭️\u00a0skipped: needs `my-function` | `my-function` *integration of my-api* | |",
    );
    expect(text.indexOf("> [!CAUTION]")).toBeLessThan(text.indexOf("| Result |"));
    expect(text.indexOf("| Result |")).toBeLessThan(text.indexOf("**Endpoint**"));
  });

  it("says what was done, what was not, and how to go on", () => {
    expect(text).toContain(
      "**Done:** 4 created. **Not done:** 1 failed, 3 skipped. Completed changes are kept",
    );
    expect(text).toMatch(/continue with:\n\n```\n\/apply\n```/);
    const again = applyComment(
      report({ directory: ".", state: "finished", result: plans.halfFailed() }, { resume: "/apply -s dev" }),
    );
    expect(again).toMatch(/```\n\/apply -s dev\n```/);
  });
});

describe("other ends and states", () => {
  it("cancelled", () => {
    const results = plans
      .resultsOf(first)
      .map((result, index) =>
        index < 3 ? result : { ...result, outcome: "cancelled" as const, durationMs: 0 },
      );
    const result = plans.succeeded(first, { succeeded: false, cancelled: true, results });
    const text = applyComment(report({ directory: ".", state: "finished", result }));
    expect(titleOf(text)).toBe("⏹️ Apply cancelled for `dev`: 5 cancelled, 3 created");
    expect(text).toContain("To continue, comment:");
  });

  it("nothing to apply", () => {
    const stack: StackApply = {
      directory: ".",
      state: "nothing",
      plan: plans.unchanged(),
      outputs: plans.OUTPUTS,
    };
    const text = applyComment(report(stack, { asked: { kind: "merge", by: "ben" } }));
    expect(titleOf(text)).toBe("✅ Nothing to apply in `dev`");
    expect(text).toContain("On merge by [@ben](https://github.example/ben)");
    expect(text).toContain("**Endpoint**");
    expect(text).not.toContain("| Result |");
  });

  it("refused: every gate, the next step, and that nothing changed", () => {
    const gates = [
      { gate: "permission", passed: true, state: "@ana has write permission" },
      { gate: "approved", passed: false, state: "nobody has approved", next: "Ask a reviewer." },
    ];
    const text = applyComment(report({ directory: ".", state: "refused", gates }));
    expect(titleOf(text)).toBe("⛔ Apply refused for `dev`: 1 gate is closed");
    expect(text).toContain(
      "- ✅ **permission**: `@ana` has write permission\n- ❌ **approved**: nobody has approved",
    );
    expect(text).toMatch(/Nothing was changed in AWS\.\n\n\*\*Next:\*\* Ask a reviewer\.$/);
  });

  it("stopped before the first step", () => {
    const errors = [
      { code: "PLAN_STALE", message: "plan 0123456789ab is not the plan any more", hint: "Look again." },
    ];
    const text = applyComment(report({ directory: ".", state: "stopped", errors }));
    expect(titleOf(text)).toBe("❌ Apply did not start for `dev`: 1 error");
    expect(text).toContain(
      "**plan `0123456789ab` is not the plan any more** <sub>`PLAN_STALE`</sub><br>Look again.",
    );
  });

  it("under way, from the events so far", () => {
    const [api, policy, role] = plans.resultsOf(first);
    if (api === undefined || policy === undefined || role === undefined) throw new Error("no results");
    const events: ApplyEvent[] = [
      { kind: "step-started", key: api.key, action: "create", at: 0 },
      { kind: "step-finished", result: api, at: 1 },
      { kind: "step-finished", result: policy, at: 2 },
      { kind: "step-started", key: role.key, action: "create", at: 3 },
    ];
    const text = applyComment(report({ directory: ".", state: "running", plan: first, events }));
    expect(titleOf(text)).toBe("⏳ Applying to `dev`: 2 of 8 resources done");
    expect(rowsOf(text)[0]).toBe("| ⏳\u00a0creating | `lambda-role` *IAM role* | |");
    expect(text.match(/waiting/g)).toHaveLength(5);
    expect(text).toContain("`/cancel` stops it between two steps");
  });

  it("a deployment made anew is redeployed, not replaced", () => {
    const text = applyComment(
      report({ directory: ".", state: "finished", result: plans.succeeded(plans.everyday()) }),
    );
    expect(text).toMatch(/✅\u00a0redeployed[^|]* \| `my-api` \*deployment\* \|/);
    expect(titleOf(text)).toBe(
      "✅ Applied to `dev`: 1 created, 1 redeployed, 3 updated, 1 replaced, 1 deleted",
    );
  });

  it("several stacks have a section each", () => {
    const stacks: StackApply[] = [
      { ...done, directory: "a" },
      { directory: "b", state: "running", plan: first, events: [] },
      { directory: "c", state: "queued", behind: "b" },
    ];
    const text = applyComment({ ...report(done), stacks });
    expect([...text.matchAll(/^### (.*)$/gm)].map(([, title]) => title)).toEqual([
      "✅ Applied to `a`: 8 created",
      "⏳ Applying to `b`: 0 of 8 resources done",
      "⏳ Apply queued for `c`",
    ]);
    expect(text).toContain("Waiting for b.");
  });

  it("destroying has its own words", () => {
    const text = applyComment(report(done, { purpose: "destroy" }));
    expect(titleOf(text)).toBe("✅ Destroyed `dev`: 8 created");
  });
});

describe("any result", () => {
  it("fits, and injects nothing", { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(hostilePlan, hostileText, hostileText, (plan, one, two) => {
        const result = plans.succeeded(plan, {
          succeeded: false,
          callables: [
            { type: one, resource: two, what: two, method: one, url: two, callers: "anybody" },
            {
              type: one,
              resource: two,
              what: `GET /${one}`,
              url: `https://x.example/${one}`,
              callers: "aws",
            },
          ],
          outputs: [
            { type: one, resource: two, name: one, value: two },
            { type: one, resource: two, name: "ApiEndpoint", value: one },
          ],
          results: plans.resultsOf(plan).map((each, index) =>
            index % 2 === 1
              ? { ...each, outcome: "skipped", because: two }
              : {
                  ...each,
                  outcome: "failed",
                  error: { code: one, message: two, hint: one, requestId: two },
                },
          ),
        });
        const text = applyComment({
          stage: one,
          origin: ORIGIN,
          asked: { kind: "command", text: two, by: one, url: `${ORIGIN.serverUrl}/x(y)` },
          resume: one,
          stacks: [
            { directory: two, state: "finished", result },
            { directory: one, state: "queued", behind: two },
            { directory: one, state: "stopped", errors: [{ code: one, message: two, hint: one }] },
          ],
        });
        expect(injected(html(text))).toEqual([]);
        expect(unbalanced(text)).toEqual([]);
        expect(Buffer.byteLength(text)).toBeLessThanOrEqual(COMMENT_BYTES);
      }),
      { numRuns: 300 },
    );
  });

  it("of thousands of resources fits", () => {
    const result = plans.succeeded(plans.large(3_000));
    const text = applyComment(report({ directory: ".", state: "finished", result }));
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(COMMENT_BYTES);
    expect(text).toContain("… and 2,940 more resources, all in [the run]");
    const stacks = Array.from(
      { length: 300 },
      (_, index): StackApply => ({ directory: `s${index}`, state: "finished", result }),
    );
    const many = applyComment({ ...report(done), stacks });
    expect(Buffer.byteLength(many)).toBeLessThanOrEqual(COMMENT_BYTES);
    expect(unbalanced(many)).toEqual([]);
  });
});

describe("an id in the table", () => {
  it.each([
    ["arn:aws:iam::840541460064:role/team/lambda-role", "role/team/lambda-role"],
    ["arn:aws:lambda:eu-west-2:840541460064:function:my-function", "function:my-function"],
    ["arn:aws-cn:iam::840541460064:policy/p", "policy/p"],
    ["7a38wlw431", "7a38wlw431"],
    ["$default", "$default"],
  ])("%s is shown as %s", (id, shown) => {
    expect(shortId(id)).toBe(shown);
  });
});
