import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Planning } from "../../src/engine/plan/planning.ts";
import { type Consistency, createFakeAws } from "../fakes/aws/fake-aws.ts";
import { createFakeClock } from "../fakes/clock.ts";
import { changesOf, engineOn, failuresOf, unlike } from "./harness.ts";
import { randomStack, specText } from "./random-stack.ts";
import { soakOf } from "./soak.ts";

/** `npm run test:soak` makes 10,000 edits on each. */
const { edits, seed, title } = soakOf(80);

/** How long things take to be seen, as they are on a good day and as they have been recorded on bad ones. */
const DAYS: readonly (readonly [string, Partial<Consistency>])[] = [
  ["a good day", { functionActive: 1, functionUpdate: 1, roleAssumable: 1 }],
  [
    "a slow day",
    {
      functionActive: 4,
      functionUpdate: 3,
      roleAssumable: 20,
      deploymentDone: 3,
      taggingLingers: 3,
    },
  ],
];
/** The number of stacks in a row; each is an edit of the previous one. */
const IN_A_ROW = 4;

describe("random stacks and random edits of them, on the strict fake", () => {
  it.each(DAYS)(
    `always end without changes, and the result matches the plan, on %s: ${title}`,
    async (_day, consistency) => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(randomStack, { minLength: IN_A_ROW, maxLength: IN_A_ROW }),
          async (stacks) => {
            const fake = createFakeAws({ consistency });
            const engine = engineOn({
              region: "us-east-1",
              clientConfig: fake.clientConfig(),
              clock: createFakeClock(),
              backoffMs: 1,
            });
            for (const stack of stacks) {
              const files = { "resources.js": specText(stack), ...stack.files };
              const planned: Planning[] = [];
              const result = await engine.apply(files, { onPlan: (planning) => void planned.push(planning) });
              expect(failuresOf(result)).toEqual([]);
              const again = await engine.planning(files);
              expect(changesOf(again.plan)).toEqual([]);
              expect(planned.flatMap((one) => unlike(one, again))).toEqual([]);
              expect(planned).toHaveLength(1);
              fake.resetCalls();
            }
            const files = { "resources.js": "exports.createResources = () => [];" };
            expect(failuresOf(await engine.apply(files))).toEqual([]);
            expect([
              ...fake.state.apis.keys(),
              ...fake.state.functions.keys(),
              ...fake.state.roles.keys(),
            ]).toEqual([]);
          },
        ),
        {
          numRuns: Math.ceil(edits / IN_A_ROW),
          seed,
          endOnFailure: true,
          interruptAfterTimeLimit: 3_600_000,
        },
      );
    },
    3_600_000,
  );
});
