import { describe, expect, it } from "vitest";
import { isResumeOf } from "../../../../bot/runs/resume.ts";
import type { Action, Change } from "../../../../src/model/plan.ts";
import { aPlan } from "../../../fixtures/plans.ts";

/** A plan of these changes, `key action` each. */
const plan = (...changes: readonly string[]) =>
  aPlan(
    changes.map((one) => {
      const [key = "", action] = one.split(" ");
      return { key, type: "Api", name: key, action: action as Action } as Change;
    }),
  );

describe("a plan is the rest of the reviewed one", () => {
  it.each([
    ["where all of it is done", [], ["a create", "b delete"]],
    ["where nothing of it was done", ["a create", "b delete"], ["a create", "b delete"]],
    ["where a part was done", ["b update"], ["a create", "b update"]],
    ["where a create was half done", ["a update"], ["a create"]],
    ["where an update has to be made anew", ["a create"], ["a update"]],
    ["where only the old half of a replacement is left", ["a#old-1 delete"], ["a replace"]],
    ["where the old half of a replacement has its key", ["a delete"], ["a replace"]],
    ["where its key has a mark of its own", ["a#b#old-1 delete"], ["a#b replace"]],
    ["whatever stays as it is", ["a update", "c no-op"], ["a update"]],
  ])("%s", (_when, now, reviewed) => {
    expect(isResumeOf(plan(...reviewed), plan(...now))).toBe(true);
  });

  it.each([
    ["it changes what the reviewed one does not name", ["c create"], ["a create"]],
    ["it changes what the reviewed one keeps", ["a update"], ["a no-op"]],
    ["it deletes what the reviewed one creates", ["a delete"], ["a create"]],
    ["it deletes what the reviewed one updates", ["a delete"], ["a update"]],
    ["it creates what the reviewed one deletes", ["a create"], ["a delete"]],
    ["it updates what the reviewed one deletes", ["a update"], ["a delete"]],
    ["it deletes another resource's old half", ["c#old-1 delete"], ["a replace"]],
    ["one of several changes is not its rest", ["a update", "c create"], ["a update"]],
  ])("not where %s", (_when, now, reviewed) => {
    expect(isResumeOf(plan(...reviewed), plan(...now))).toBe(false);
  });
});
