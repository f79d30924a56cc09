import fc from "fast-check";
import { marked } from "marked";
import { describe, expect, it } from "vitest";
import type { Plan } from "../../../../src/model/plan.ts";
import { driftIssue, type DriftReport, driftTitle } from "../../../../src/report/markdown/drift/issue.ts";
import { parseMarker } from "../../../../src/report/markdown/marker.ts";
import { COMMENT_BYTES } from "../../../../src/report/markdown/size-limit.ts";
import * as plans from "../../../fixtures/plans.ts";
import { aChange, aPlan, aProperty } from "../../../fixtures/plans.ts";
import { hostilePlan, hostileText, injected, ORIGIN, unbalanced } from "../hostile.ts";

const report = (plan: Plan, more: Partial<DriftReport> = {}): DriftReport => ({
  stage: "dev",
  directory: ".",
  plan,
  origin: ORIGIN,
  branch: "main",
  since: Date.UTC(2026, 10, 29, 5, 12, 59),
  ...more,
});
const API = "ApiGatewayV2::Api";
const one = (change: Plan["changes"][number]): string => driftIssue(report(aPlan([change])));

describe("a drift issue", () => {
  it("says in its title and its first line since when AWS differs, and in how much", () => {
    const given = report(plans.everyday(), { directory: "apis/shop", stage: "prod" });
    expect(driftTitle(given)).toBe("Drift in prod (apis/shop): AWS differs from main since 2026-11-29");
    expect(driftTitle(report(plans.everyday()))).toBe("Drift in dev: AWS differs from main since 2026-11-29");
    const [marker, first] = driftIssue(given).split("\n");
    expect(parseMarker(marker ?? "")?.stacks[0]?.planId).toBe(given.plan.id);
    expect(first).toMatch(
      /^\*\*AWS differs from `main` since 2026-11-29 05:12 UTC\*\*, when a comparison first found it: \d+ different, \d+ extra/,
    );
  });

  it("shows the spec's value before AWS's, and how to keep AWS's", () => {
    const text = one(
      aChange("update", API, "my-api", { properties: [aProperty("Description", "by hand", "of the spec")] }),
    );
    expect(text).toContain("`Description`: `of the spec` → `by hand` |");
    expect(text).toContain("- in the API `my-api`: `Description` is `by hand`\n");
  });

  it.each([
    ["not set in AWS", aProperty("P", undefined, "x"), "`P`: `x` removed", "no `P`"],
    ["not set in the spec", aProperty("P", "x", undefined), "`P`: set to `x`", "`P` is `x`"],
    ["AWS's default in the spec", aProperty("P", 5, 3, { byDefault: true }), "`P`: `3` → `5`", "`P` is `5`"],
    ["sensitive", aProperty("P", "a", "b", { sensitive: true }), "| `P` |", "`P` as AWS has it"],
    ["a list", aProperty("P", ["a"], ["b", "c"]), "| `P` |", "`P` as in the diff above"],
    ["code", aProperty("CodeSha256", "a", "b"), "| code |", "the code that AWS runs"],
  ])("tells a property that is %s", (_, property, cell, kept) => {
    const text = one(aChange("update", API, "my-api", { properties: [property] }));
    expect(text).toContain(cell);
    expect(text).toContain(`- in the API \`my-api\`: ${kept}\n`);
  });

  it("tells what AWS has more or less than the spec, and what taking it back deletes", () => {
    const extra = one(aChange("delete", API, "my-api", { id: "7a38wlw431" }));
    expect(extra).toContain("| in AWS, not in the spec |");
    expect(extra).toContain("**Deletes** the API `my-api`");
    expect(extra).toContain("- add the API `my-api`, `7a38wlw431`\n");
    const missing = one(aChange("create", API, "my-api"));
    expect(missing).toContain("| in the spec, not in AWS |");
    expect(missing).toContain("- remove the API `my-api`\n");
  });

  it("leaves out what is replaced only because something else is", () => {
    const text = driftIssue(report(plans.apiReplaced()));
    expect(text).toContain("when a comparison first found it: 1 different.");
    expect(text).not.toContain("is replaced |");
  });

  it("says who changed what, as text, and when CloudTrail does not know it yet; nothing where it was not asked", () => {
    const changes = [
      aChange("update", API, "my-api", { properties: [aProperty("Description", "by hand", "of the spec")] }),
      aChange("delete", "SQS::Queue", "q", { id: "q" }),
    ];
    const trail = { since: Date.UTC(2026, 10, 28), asked: 2, entries: [] };
    const entry = { key: `${API}::my-api`, at: Date.UTC(2026, 10, 29), event: "UpdateApi", earlier: 0 };
    const told = (more: object): string =>
      driftIssue(report({ ...aPlan(changes), trail: { ...trail, ...more } }));
    expect(driftIssue(report(aPlan(changes)))).not.toContain("CloudTrail");
    expect(told({})).toContain(
      "CloudTrail has no event since 2026-11-28 00:00 UTC that tells who changed it.",
    );
    const some = told({ entries: [{ ...entry, who: "a`b", earlier: 1 }] });
    expect(some).toContain(
      "- the API `my-api`: `UpdateApi` by ``a`b``, 2026-11-29 00:00 UTC; 1 change before that\n",
    );
    expect(some).toContain("Of 1 other resource it has no event since");
    expect(told({ entries: [entry] })).toContain("by the account's root user, 2026");
    expect(told({ entries: [{ ...entry, who: "deploy/x", own: true }] })).toContain(
      "by `deploy/x` (Gatewright itself), 2026",
    );
    expect(told({ asked: 1, entries: [entry] })).not.toContain("15 minutes");
    expect(told({ asked: 0, cut: true })).toContain("Not everything was looked up");
  });

  it("gives a command for each way; none that applies while a problem stops it", () => {
    const open = report(plans.everyday());
    const commands = (text: string): readonly string[] =>
      [...text.matchAll(/^`{3}\n(.*)\n`{3}$/gm)].flatMap(([, line]) => line ?? []);
    expect(commands(driftIssue(open))).toEqual([`/apply ${open.plan.id} -s dev`, "/drift"]);
    const blocked = driftIssue(report(plans.blocked()));
    expect(commands(blocked)).toEqual(["/drift"]);
    expect(blocked).toContain("First fix the problems above");
  });

  it("fits into a comment, whatever is in it", { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(
        hostilePlan,
        hostileText,
        fc.integer({ min: 8_000, max: COMMENT_BYTES }),
        (plan, branch, budget) => {
          const entries = plan.changes.slice(0, 10).map(({ key }) => ({
            key,
            at: 0,
            event: branch,
            who: branch,
            through: branch,
            earlier: 3,
          }));
          const trail = { since: 0, asked: 10, entries, cut: true } as const;
          const text = driftIssue(report({ ...plan, trail }, { branch }), budget);
          expect(Buffer.byteLength(text)).toBeLessThanOrEqual(budget);
          expect(unbalanced(text)).toEqual([]);
          expect(injected(marked.parse(text, { async: false, gfm: true }))).toEqual([]);
        },
      ),
      { numRuns: 300 },
    );
    const many = Array.from({ length: 3_000 }, (_, index) =>
      aChange("update", "ApiGatewayV2::Route", `route::my-api::GET /${index}`, {
        properties: [aProperty("Target", "a".repeat(300), "b".repeat(300))],
      }),
    );
    const text = driftIssue(report(aPlan(many)));
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(COMMENT_BYTES);
    expect(text).toContain("more differences");
  });
});
