import addFormats from "ajv-formats";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, expectTypeOf, it } from "vitest";
import type { Change, Plan } from "../../../../src/model/plan.ts";
import { reasonText } from "../../../../src/report/reason.ts";
import { planJson } from "../../../../src/report/json/plan-json.ts";
import { type PlanFromSchema, planJsonSchema, planSchema } from "../../../../src/report/json/plan-schema.ts";
import { isObject } from "../../../../src/model/values.ts";
import * as plans from "../../../fixtures/plans.ts";
import { hostilePlan } from "../hostile.ts";

const ajv = new Ajv2020({ strict: true, allErrors: true });
addFormats.default(ajv);
const validate = ajv.compile(planJsonSchema());

const samples = [
  plans.firstDeploy(),
  plans.everyday(),
  plans.apiReplaced(),
  plans.unchanged(),
  plans.blocked(),
];

/** Read-only arrays and objects all the way down, so that the two sides differ in content only. */
type Frozen<T> = T extends readonly (infer Element)[]
  ? readonly Frozen<Element>[]
  : T extends object
    ? { readonly [Key in keyof T]: Frozen<T[Key]> }
    : T;

describe("plan.json", () => {
  it("is what the published schema says, for every sample and any text", () => {
    for (const plan of samples) {
      expect(validate(JSON.parse(planJson(plan))), JSON.stringify(validate.errors)).toBe(true);
    }
    fc.assert(fc.property(hostilePlan, (plan) => validate(JSON.parse(planJson(plan)))));
  });

  it("gives the plan back, with each reason in words and as a value", () => {
    for (const plan of samples) {
      const changes = plan.changes.map(({ reason, ...change }) =>
        reason === undefined ? change : { ...change, reason: reasonText({ reason }), cause: reason },
      );
      expect(JSON.parse(planJson(plan))).toEqual(JSON.parse(JSON.stringify({ ...plan, changes })));
    }
  });

  it("has the same bytes whatever the order of keys", () => {
    const plan = plans.everyday();
    const turned = Object.fromEntries(Object.entries(plan).reverse());
    expect(isObject(turned)).toBe(true);
    expect(planJson({ ...plan, ...turned })).toBe(planJson(plan));
    expect(planJson(plan)).toMatch(/^\{\n {2}"version": 1,\n {2}"id": "[0-9a-f]{12}",\n/);
    expect(planJson(plan).endsWith("}\n")).toBe(true);
  });

  it("is refused by the schema with a key too many, another version, a short id", () => {
    const plan = JSON.parse(planJson(plans.everyday()));
    for (const wrong of [
      { ...plan, x: 1 },
      { ...plan, version: 2 },
      { ...plan, id: "1" },
    ]) {
      expect(validate(wrong)).toBe(false);
      expect(planSchema.safeParse(wrong).success).toBe(false);
    }
  });
});

describe("the schema", () => {
  it("and the types say the same", () => {
    // Either way round, down to the keys that only one of them would have.
    type WrittenChange = Omit<Change, "reason"> & {
      readonly reason?: string | undefined;
      readonly cause?: Change["reason"];
    };
    // The graph is for the bot's pages, the trail for its issues.
    type Written = Omit<Plan, "changes" | "graph" | "trail"> & { readonly changes: readonly WrittenChange[] };
    expectTypeOf<Frozen<Written>>().toExtend<Frozen<PlanFromSchema>>();
    expectTypeOf<Frozen<PlanFromSchema>>().toExtend<Frozen<Written>>();
    expectTypeOf<keyof PlanFromSchema>().toEqualTypeOf<keyof Omit<Plan, "graph" | "trail">>();
    expectTypeOf<keyof PlanFromSchema["changes"][number]>().toEqualTypeOf<keyof WrittenChange>();
    expectTypeOf<keyof PlanFromSchema["problems"][number]>().toEqualTypeOf<keyof Plan["problems"][number]>();
  });

  it("is the published file; `vitest -u` writes it", async () => {
    const published = "../../../../schemas/plan-v1.schema.json";
    await expect(`${JSON.stringify(planJsonSchema(), undefined, 2)}\n`).toMatchFileSnapshot(published);
  });
});
