/** What a plan says of resources that are half-made, failed, protected, or set to something AWS cannot take away. */
import { describe, expect, it } from "vitest";
import { makePlan, type PlanInput } from "../../../../src/engine/plan/plan.ts";
import type { Observed, Registry } from "../../../../src/engine/read/observed.ts";
import type { ResourceType } from "../../../../src/resources/type.ts";
import type { DesiredResource } from "../../../../src/spec/types.ts";
import { box, haveBox, specOf, stack, wantBox } from "./toy-types.ts";

function plan(
  type: Partial<ResourceType>,
  desired: DesiredResource[],
  observed: Observed[],
  more: Partial<PlanInput> = {},
) {
  const registry: Registry = new Map([[box.type, { ...box, ...type }]]);
  const spec = specOf(...desired);
  return makePlan({ engine: "1", stack, registry, spec, observed, adopt: [], purpose: "apply", ...more });
}

const slow: Partial<ResourceType> = {
  wait: {
    readiness: ({ state }) =>
      state.Status === "PENDING" ? "pending" : state.Status === "FAILED" ? "failed" : "ready",
    awaiting: ({ name }) => `${name} to be ready`,
    why: () => "no room",
    deadlineMs: 1000,
  },
  writeOnly: ["Status"],
};

describe("a plan", () => {
  it("waits for a resource that was found half-made, as an update that changes nothing", () => {
    const { plan: made, steps } = plan(slow, [wantBox("a")], [haveBox("a", { Status: "PENDING" })]);
    expect(made.changes[0]).toMatchObject({ action: "update", reason: { kind: "pending" }, properties: [] });
    expect(steps.map(({ id }) => id)).toEqual(["update Toy::Box::a"]);
  });

  it("replaces a resource that AWS could not make, and gives AWS's reason", () => {
    const { plan: made } = plan(slow, [wantBox("a")], [haveBox("a", { Status: "FAILED" })]);
    expect(made.changes[0]).toMatchObject({ action: "replace", reason: { kind: "failed", why: "no room" } });
  });

  it.each<[string, DesiredResource[]]>([
    ["deleted", []],
    ["replaced", [wantBox("a", { Fixed: 2 })]],
  ])("refuses that a protected resource is %s, unless that is allowed by name", (_, desired) => {
    const live = [haveBox("a", { Fixed: 1 })];
    const codes = (more: Partial<PlanInput>) =>
      plan({ protected: "its items" }, desired, live, more).plan.problems.map(({ code, severity, key }) => [
        severity,
        code,
        key,
      ]);
    expect(codes({})).toEqual([["error", "DELETION_PROTECTED", "Toy::Box::a"]]);
    expect(codes({ allowDeletion: ["b"] })).toHaveLength(1);
    expect(codes({ allowDeletion: ["a"] })).toEqual([]);
    expect(codes({ allowDeletion: ["Toy::Box::a"] })).toEqual([]);
    expect(codes({ allowDeletion: ["A"] })).toHaveLength(1);
  });

  it("takes the name of what may go without case where AWS does", () => {
    const type = { protected: "its items", caselessName: true };
    const { plan: made } = plan(type, [], [haveBox("Orders")], { allowDeletion: ["orders"] });
    expect(made.problems).toEqual([]);
    expect(made.changes[0]?.protection).toEqual({ loses: "its items", allowed: true });
  });

  it("does not promise to take away what AWS cannot take away", () => {
    const { plan: made } = plan({ cannotClear: ["Once"] }, [wantBox("a")], [haveBox("a", { Once: "x" })]);
    expect(made.problems.map(({ code, severity }) => `${severity} ${code}`)).toEqual([
      "warning PROPERTY_CANNOT_BE_CLEARED",
    ]);
    expect(made.changes.map(({ action }) => action)).toEqual(["no-op"]);
    const changed = plan(
      { cannotClear: ["Once"] },
      [wantBox("a", { Once: "y" })],
      [haveBox("a", { Once: "x" })],
    );
    expect(changed.plan.problems).toEqual([]);
  });

  it("replaces for what can only be taken away with the resource", () => {
    const type = { clearReplaces: ["Once"] };
    const live = [haveBox("a", { Once: "x" })];
    expect(plan(type, [wantBox("a")], live).plan.changes[0]?.action).toBe("replace");
    expect(plan(type, [wantBox("a", { Once: "y" })], live).plan.changes[0]?.action).toBe("update");
  });

  it("compares text and names without case where AWS does", () => {
    const type = { caseless: ["Host"], caselessName: true };
    const { plan: made } = plan(type, [wantBox("A", { Host: "Shop" })], [haveBox("a", { Host: "shop" })]);
    expect(made.changes.map(({ action }) => action)).toEqual(["no-op"]);
  });
});
