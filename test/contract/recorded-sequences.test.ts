/** What the real AWS answered to calls in order: the strict fake answers the same. */
import { describe, expect, it } from "vitest";
import { SERVICES as FAKED } from "../fakes/aws/all-services.ts";
import { recordedSequences } from "./recorded.ts";
import { play } from "./recorded-play.ts";

/** Services that the fake does not have: their rows wait for it. */
const NOT_FAKED = ["SQS", "DynamoDB", "StepFunctions", "EventBridge"];

const rows = recordedSequences();
const playable = rows.filter(({ service }) => !NOT_FAKED.includes(service));

describe("a recorded sequence", () => {
  it.each(playable.map((row) => [row.id, row] as const))("%s", async (_id, row) => {
    expect(await play(row)).toEqual([]);
  });

  it("waits only for services that are not faked", () => {
    const faked = FAKED.map(({ id }) => id.toLowerCase());
    expect(NOT_FAKED.filter((name) => faked.includes(name.toLowerCase()))).toEqual([]);
    expect(NOT_FAKED.filter((name) => !rows.some(({ service }) => service === name))).toEqual([]);
  });
});
