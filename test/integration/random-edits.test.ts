import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createFakeAws } from "../fakes/aws/fake-aws.ts";
import { createFakeClock } from "../fakes/clock.ts";
import { changesOf, engineOn, failuresOf } from "./harness.ts";
import { randomStack, specText } from "./random-stack.ts";

/** Stacks in a row; each but the first is an edit of the one before. `npm run test:soak` raises it to 10,000 edits. */
const ROWS = Number(process.env.SOAK_EDITS ?? 240) / 4;
const SEED = process.env.SOAK_SEED === undefined ? {} : { seed: Number(process.env.SOAK_SEED) };

describe("random stacks and random edits of them, on the strict fake", () => {
  it("always end in No changes, and what the plan said is what is there", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(randomStack, { minLength: 4, maxLength: 4 }), async (stacks) => {
        const fake = createFakeAws({
          consistency: { functionActive: 1, functionUpdate: 1, roleAssumable: 1 },
        });
        const engine = engineOn({
          region: "us-east-1",
          clientConfig: fake.clientConfig(),
          clock: createFakeClock(),
          backoffMs: 1,
        });
        for (const stack of stacks) {
          const files = { "resources.js": specText(stack), ...stack.files };
          const result = await engine.apply(files);
          expect(failuresOf(result)).toEqual([]);
          const again = await engine.plan(files);
          expect(changesOf(again)).toEqual([]);
          fake.resetCalls();
        }
        const files = { "resources.js": "exports.createResources = () => [];" };
        expect(failuresOf(await engine.apply(files))).toEqual([]);
        expect([
          ...fake.state.apis.keys(),
          ...fake.state.functions.keys(),
          ...fake.state.roles.keys(),
        ]).toEqual([]);
      }),
      { numRuns: Math.ceil(ROWS), ...SEED, interruptAfterTimeLimit: 3_600_000 },
    );
  }, 3_600_000);
});
