/** What the real AWS answered to calls in order: the strict fake answers the same. */
import { describe, expect, it } from "vitest";
import { SERVICES as FAKED } from "../fakes/aws/all-services.ts";
import { recordedSequences } from "./recorded.ts";
import { canPlay } from "./recorded-inputs.ts";
import { play } from "./recorded-play.ts";

/** Services that the fake does not have, by its names for them: their rows wait for it. */
const NOT_FAKED: Readonly<Record<string, string>> = { DynamoDB: "dynamodb" };

const rows = recordedSequences();
const playable = rows.filter(({ type }) => canPlay(type));

describe("a recorded sequence", () => {
  it.each(playable.map((row) => [row.id, row] as const))("%s", async (_id, row) => {
    expect(await play(row)).toEqual([]);
  });

  it("waits only for services that are not faked", () => {
    const waiting = new Set(rows.filter((row) => !playable.includes(row)).map(({ service }) => service));
    expect([...waiting].sort()).toEqual(Object.keys(NOT_FAKED));
    const faked = FAKED.map(({ id }) => id);
    expect(Object.values(NOT_FAKED).filter((name) => faked.includes(name))).toEqual([]);
  });
});
