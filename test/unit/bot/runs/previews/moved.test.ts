/** Which of a preview's stacks are elsewhere than the one that is about to be applied. */
import { expect, it } from "vitest";
import { elsewhere } from "../../../../../bot/runs/previews/moved.ts";
import type { PreviewStack } from "../../../../../bot/services/store.ts";
import { aStack } from "../../../../fakes/store.ts";

const here = { account: "1", region: "eu-west-2", name: "shop" };
const at = (more: Partial<typeof here>): PreviewStack => ({
  stack: aStack({ stage: "pr-7" }),
  sha: "a",
  settings: {},
  ...here,
  ...more,
});

it("a stack is elsewhere in another account, another region, or under another project's name", () => {
  const known = [at({}), at({ account: "2" }), at({ region: "eu-west-1" }), at({ name: "store" })];
  expect(elsewhere(known, here)).toEqual(known.slice(1));
  expect(elsewhere([], here)).toEqual([]);
});
