/** What the real AWS answered to calls in order: the strict fake answers the same. */
import { describe, expect, it } from "vitest";
import { recordedSequences } from "./recorded.ts";
import { play } from "./recorded-play.ts";

describe("a recorded sequence", () => {
  it.each(recordedSequences().map((row) => [row.id, row] as const))("%s", async (_id, row) => {
    expect(await play(row)).toEqual([]);
  });
});
