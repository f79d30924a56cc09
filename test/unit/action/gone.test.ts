import { describe, expect, test } from "vitest";
import { type History, takenAway } from "../../../src/action/gone.ts";
import type { SpecSource } from "../../../src/source/source.ts";

function commit(...stacks: readonly string[]): SpecSource {
  return {
    description: "a commit",
    read: async () => undefined,
    list: async () => stacks.map((stack) => ({ path: `${stack}/resources.js`, executable: false, size: 1 })),
    isFolder: async () => false,
  };
}

const never = (): never => {
  throw new Error("asked");
};
const history = (given: Partial<History> = {}): History => ({
  base: commit("apis/orders", "apis/users"),
  head: commit("apis/users"),
  mergeBase: async () => commit("apis/orders", "apis/users"),
  ...given,
});
const named = (...planned: readonly string[]) => ({ patterns: ["apis/*"], spec: undefined, planned });

describe("a stack is taken away", () => {
  test("where the base branch has its spec and the head removed it", async () => {
    expect(await takenAway(history(), named("apis/users"))).toEqual(["apis/orders"]);
  });

  test("not where only the working copy lacks it: a sparse checkout", async () => {
    const whole = commit("apis/orders", "apis/users");
    expect(await takenAway(history({ head: whole }), named("apis/users"))).toEqual([]);
  });

  test("not where an earlier step of the job wrote its spec", async () => {
    expect(await takenAway(history(), named("apis/orders", "apis/users"))).toEqual([]);
  });

  test("not where the base branch has got it since the head's branch left it", async () => {
    const mergeBase = async () => commit("apis/users");
    expect(await takenAway(history({ mergeBase }), named("apis/users"))).toEqual([]);
  });

  test("not where the two have no common commit", async () => {
    const mergeBase = async () => undefined;
    expect(await takenAway(history({ mergeBase }), named("apis/users"))).toEqual([]);
  });

  test("and nothing but the base is read where none is missing", async () => {
    const head: SpecSource = { ...commit(), list: never };
    const asked = history({ head, mergeBase: never });
    expect(await takenAway(asked, named("apis/orders", "apis/users"))).toEqual([]);
  });
});
