import fc from "fast-check";
import { marked } from "marked";
import { describe, expect, it } from "vitest";
import { cautionsOf, toldDeletes } from "../../../../src/report/cautions.ts";
import { COMMENT_BYTES } from "../../../../src/report/markdown/size-limit.ts";
import { planComment } from "../../../../src/report/markdown/plan/comment.ts";
import type { PlanReport, StackPlan } from "../../../../src/report/report.ts";
import { planSummary, SUMMARY_BYTES } from "../../../../src/report/markdown/plan/summary.ts";
import type { Plan } from "../../../../src/model/plan.ts";
import { sortedChanges } from "../../../../src/report/vocabulary.ts";
import * as plans from "../../../fixtures/plans.ts";
import { hostilePlan, hostileText, injected, ORIGIN, tags, unbalanced } from "../hostile.ts";

const html = (markdown: string): string => marked.parse(markdown, { async: false, gfm: true });
const stack = (plan: Plan): StackPlan => ({ directory: plan.stack.directory, plan });
const report = (plan: Plan): PlanReport => ({ stage: "dev", stacks: [stack(plan)], origin: ORIGIN });

/** The plan, with a count of how often the properties of its changes are looked at. */
function counted(plan: Plan): { readonly plan: Plan; looks(): number } {
  let looks = 0;
  const changes = plan.changes.map((change) =>
    Object.defineProperty({ ...change }, "properties", {
      enumerable: true,
      get: () => {
        looks += 1;
        return change.properties;
      },
    }),
  );
  return { plan: { ...plan, changes }, looks: () => looks };
}

const titleOf = (markdown: string): string => /^## (.*)$/m.exec(markdown)?.[1] ?? "";

describe("the budget", () => {
  const checked = (given: PlanReport, budget?: number): string => {
    const text = planComment(given, budget);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(budget ?? COMMENT_BYTES);
    expect(unbalanced(text)).toEqual([]);
    expect(injected(html(text))).toEqual([]);
    return text;
  };

  it("gives up diffs first, and says where they are", () => {
    const text = checked(report(plans.large(40, 40)));
    expect(tags(html(text), "tr")).toBe(31);
    expect(text).toMatch(/\d+ diffs? left out, all in the \[job summary\]\(https:\/\/github\.example/);
  });

  it("then rows", () => {
    const text = checked(report(plans.large(4_000)), 10_000);
    expect(text).toMatch(/… and 3,9\d\d more changes, all in the \[job summary\]/);
    expect(titleOf(text)).toBe("`dev`: +1,000 \\~1,000 −1,000, 1,000 replaced");
  });

  it("then stacks", () => {
    const stacks = Array.from({ length: 600 }, (_, index) =>
      stack(plans.everyday({ directory: `apis/number-${index}` })),
    );
    const text = checked({ ...report(plans.unchanged()), stacks });
    expect(text).toMatch(/more stacks, all in the \[job summary\]/);
  });

  it("holds for any number of changes of any size", { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(
        fc.nat(400),
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 9_000, max: COMMENT_BYTES }),
        (changes, properties, count, budget) => {
          const text = checked(
            {
              ...report(plans.unchanged()),
              stacks: Array.from({ length: count }, () => stack(plans.large(changes, properties))),
            },
            budget,
          );
          expect(text).toMatch(
            /`\/help` lists commands and rules · Gatewright [\d.]+<\/sub>$|Too large to show here/,
          );
        },
      ),
      { numRuns: 40 },
    );
  });

  it("and for any text in them", { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(
        fc.array(hostilePlan, { minLength: 1, maxLength: 3 }),
        hostileText,
        hostileText,
        fc.integer({ min: 8_000, max: COMMENT_BYTES }),
        (some, one, two, budget) => {
          const errors = [{ code: "X", message: one, hint: two, at: { file: one, line: 3 } }];
          const stacks = [...some.map(stack), ...(one.length % 2 === 0 ? [{ directory: two, errors }] : [])];
          const given = {
            stage: one,
            stacks,
            origin: ORIGIN,
            policyFiles: [two],
            gates: [{ gate: one, passed: false, state: two, next: one }],
          };
          const text = checked(given, budget);
          const [only] = some;
          if (stacks.length > 1 || only === undefined || budget < 40_000) return;
          // No row more, no row less: what the caution tells has none.
          const told = toldDeletes(cautionsOf(only.changes));
          const rows = sortedChanges(only.changes).filter((change) => !told.has(change)).length;
          expect(tags(html(text), "tr")).toBe(rows === 0 ? 0 : rows + 1);
        },
      ),
      { numRuns: 300 },
    );
  });

  it("looks at a change of a large plan as seldom as at one of a small plan", () => {
    const looksPerChange = (changes: number): number => {
      const { plan, looks } = counted(plans.large(changes, 3));
      planComment(report(plan));
      return looks() / changes;
    };
    expect(looksPerChange(4_000)).toBeLessThanOrEqual(looksPerChange(400));
  });
});

describe("the job summary", () => {
  it("holds every row and every diff of a plan the comment has no room for", () => {
    const plan = plans.large(600);
    const text = planSummary(report(plan));
    expect(tags(html(text), "tr")).toBe(451);
    expect(tags(text, "details")).toBe(450 + 1);
    expect(text).not.toContain("left out");
    expect(text).not.toContain("/apply");
    expect(text).not.toContain("<!--");
    expect(unbalanced(text)).toEqual([]);
  });

  it("stays below GitHub's limit, however large the plan", () => {
    const text = planSummary(report(plans.large(6_000, 12)));
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(SUMMARY_BYTES);
    expect(text).toMatch(/diffs left out, all in the plan file/);
    expect(unbalanced(text)).toEqual([]);
  });
});
