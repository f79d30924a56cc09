import { describe, expect, test } from "vitest";
import { catchUp } from "../../../../bot/events/redelivery.ts";
import { createMemoryStore } from "../../../fakes/store.ts";
import { keptLog } from "../http/serving.ts";

interface Attempt {
  readonly id: number;
  readonly guid: string;
  readonly status_code: number;
  readonly delivered_at: string;
}

const NOON = Date.parse("2026-03-01T12:00:00Z");

/** GitHub's list of deliveries. `answer` is how the bot answers those that are asked for again. */
function hooks(attempts: Attempt[], answer: (guid: string) => number) {
  const asked: string[] = [];
  const gone = new Set<number>();
  const request = async (route: string, parameters: Readonly<Record<string, unknown>> = {}) => {
    if (route.startsWith("GET "))
      return { status: 200, headers: {}, data: [...attempts].sort((one, other) => other.id - one.id) };
    const id = Number(parameters.delivery_id);
    if (gone.has(id)) throw Object.assign(new Error("no longer kept"), { status: 422, response: {} });
    const guid = attempts.find((attempt) => attempt.id === id)?.guid ?? "";
    asked.push(guid);
    attempts.push({
      id: 100 + attempts.length,
      guid,
      status_code: answer(guid),
      delivered_at: new Date(NOON + asked.length * 1000).toISOString(),
    });
    return { status: 202, headers: {}, data: {} };
  };
  return { request, asked, gone };
}

const attempt = (id: number, guid: string, status: number): Attempt => ({
  id,
  guid,
  status_code: status,
  delivered_at: new Date(NOON - 60_000 + id).toISOString(),
});

describe("catching up on missed deliveries", () => {
  test.each([
    ["a bad request", 400],
    ["one too large", 413],
    ["a wrong signature", 401],
    ["one that somebody else answered", 200],
  ])("%s is asked for once, not at every catch-up", async (_what, status) => {
    const { request, asked } = hooks([attempt(1, "refused", status)], () => status);
    const parts = { request, store: createMemoryStore(), log: keptLog() };
    for (let minute = 0; minute < 5; minute += 1)
      await catchUp({ ...parts, now: () => NOON + minute * 60_000, lookBack: minute === 4 });
    expect(asked).toEqual(["refused"]);
  });

  test("the oldest is asked for first, by its first attempt", async () => {
    const { request, asked } = hooks(
      [
        attempt(1, "first", 502),
        attempt(2, "second", 502),
        attempt(3, "third", 502),
        attempt(4, "first", 502),
      ],
      () => 202,
    );
    await catchUp({ request, store: createMemoryStore(), log: keptLog(), now: () => NOON });
    expect(asked).toEqual(["first", "second", "third"]);
  });

  test("one that nobody answered is asked for until it arrives", async () => {
    const { request, asked } = hooks([attempt(1, "lost", 0), attempt(2, "proxy", 502)], () => 503);
    const parts = { request, store: createMemoryStore(), log: keptLog() };
    for (const minute of [0, 1, 2]) await catchUp({ ...parts, now: () => NOON + minute * 60_000 });
    expect(asked.filter((guid) => guid === "lost")).toHaveLength(3);
    expect(asked.filter((guid) => guid === "proxy")).toHaveLength(3);
  });

  test("after a start with the right secret, what was refused for the wrong one is asked for again", async () => {
    const { request, asked } = hooks([attempt(1, "unsigned", 401)], () => 401);
    const parts = { request, store: createMemoryStore(), log: keptLog() };
    await catchUp({ ...parts, now: () => NOON });
    await catchUp({ ...parts, now: () => NOON + 3_600_000, lookBack: true });
    expect(asked).toEqual(["unsigned", "unsigned"]);
  });

  test("one that GitHub no longer has does not keep the others from being asked for", async () => {
    const { request, asked, gone } = hooks([attempt(1, "kept", 0), attempt(2, "gone", 0)], () => 202);
    gone.add(2);
    const log = keptLog();
    expect(await catchUp({ request, store: createMemoryStore(), log, now: () => NOON })).toBe(1);
    expect(asked).toEqual(["kept"]);
    expect(log.lines.join()).toContain("does not send a missed delivery again");
  });
});
