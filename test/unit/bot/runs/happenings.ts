/** What can happen to a run, for property tests. */
import fc from "fast-check";
import type { Happening } from "../../../../src/model/run-states.ts";

export const happening: fc.Arbitrary<Happening> = fc.oneof(
  fc.constant<Happening>({ kind: "begin" }),
  fc.record({
    kind: fc.constant("end" as const),
    attempt: fc.integer({ min: 0, max: 4 }),
    state: fc.constantFrom(
      "succeeded" as const,
      "failed" as const,
      "cancelled" as const,
      "overtaken" as const,
    ),
  }),
  fc.record({ kind: fc.constant("hand-back" as const), attempt: fc.integer({ min: 0, max: 4 }) }),
  fc.constant<Happening>({ kind: "cancel" }),
);
