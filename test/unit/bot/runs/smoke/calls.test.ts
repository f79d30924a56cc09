import { describe, expect, it } from "vitest";
import { makeSmokeCalls, type Smoking } from "../../../../../bot/runs/smoke/calls.ts";
import { type Answer, valueAt, wrongIn } from "../../../../../bot/runs/smoke/judge.ts";
import { smokeCallSchema } from "../../../../../src/settings/smoke.ts";

const ENDPOINT = "https://a1.execute-api.eu-west-2.amazonaws.com";
const answer = (status: number, body = ""): Answer => ({ status, body, cut: false });

/** A clock that only sleep moves, and answers in turn; the last one stays. */
function play(smoke: Smoking["smoke"], answers: readonly (Answer | Error)[], more: Partial<Smoking> = {}) {
  let now = 0;
  let sent = 0;
  const controller = new AbortController();
  const calls = makeSmokeCalls({
    smoke,
    directory: ".",
    outputs: [{ type: "ApiGatewayV2::Stage", resource: "$default", name: "InvokeUrl", value: ENDPOINT }],
    clock: {
      now: () => now,
      sleep: async (ms) => {
        now += ms;
      },
    },
    send: async () => {
      sent += 1;
      const next = answers[Math.min(sent, answers.length) - 1];
      if (next instanceof Error || next === undefined) throw next;
      return next;
    },
    signal: controller.signal,
    ...more,
  });
  return { calls, controller, sent: () => sent, now: () => now };
}

describe("a smoke call", () => {
  it("is made again until it answers as expected", async () => {
    const notYet = Object.assign(new Error("getaddrinfo"), { code: "ENOTFOUND" });
    const { calls, sent } = play({ "GET /hello": 200 }, [notYet, answer(404), answer(200)]);
    expect(await calls).toEqual([
      { call: "GET /hello", url: `${ENDPOINT}/hello`, passed: true, found: "answered 200", durationMs: 0 },
    ]);
    expect(sent()).toBe(3);
  });

  it("fails with what was wrong last when its time is over", async () => {
    const expected = smokeCallSchema.parse({ timeout: 10 });
    const { calls, now } = play({ "GET /hello": expected }, [new Error("x"), answer(500)]);
    expect(await calls).toMatchObject([{ passed: false, found: "answered 500, not 200" }]);
    expect(now()).toBeLessThanOrEqual(10_000);
  });

  it("is made at least once, and each call has its own result", async () => {
    const hasty = smokeCallSchema.parse({ timeout: 1, status: 404 });
    const { calls } = play({ "GET /a": 200, "GET /b": hasty }, [answer(200)]);
    expect((await calls).map(({ call, passed }) => [call, passed])).toEqual([
      ["GET /a", true],
      ["GET /b", false],
    ]);
  });

  it("is of the stack that it names", async () => {
    const elsewhere = smokeCallSchema.parse({ directory: "apis/orders" });
    expect(await play({ "GET /a": elsewhere }, [answer(200)]).calls).toEqual([]);
    const there = play({ "GET /a": elsewhere }, [answer(200)], { directory: "apis/orders" });
    expect(await there.calls).toMatchObject([{ passed: true }]);
  });

  it("fails at once where there is nothing to call", async () => {
    const { calls, sent } = play({ "GET /a": 200 }, [answer(200)], { outputs: [] });
    expect(await calls).toMatchObject([
      { passed: false, found: "the stack has no endpoint that could be called" },
    ]);
    expect(sent()).toBe(0);
  });

  it("ends with the run", async () => {
    const { calls, controller } = play({ "GET /a": 200 }, [answer(500)]);
    controller.abort(new Error("stopped"));
    await expect(calls).rejects.toThrow("stopped");
  });
});

describe("an answer", () => {
  const json = '{"id":7,"items":[{"name":"shoe"}],"ok":true,"none":null}';
  it.each([
    [{}, answer(200), undefined],
    [{ status: 302 }, answer(302), undefined],
    [{}, answer(502), "answered 502, not 200"],
    [{ text: "hello" }, answer(200, "say hello"), undefined],
    [{ text: "hello" }, answer(200, "secret"), 'the answer does not contain "hello"'],
    [
      { json: { "$.id": 7, "items[0].name": "shoe", "$.ok": true, none: null } },
      answer(200, json),
      undefined,
    ],
    [{ json: { "$.id": 8 } }, answer(200, json), "$.id is not 8"],
    [{ json: { "$.items[1].name": "shoe" } }, answer(200, json), '$.items[1].name is not "shoe"'],
    [{ json: { "$.id": 7 } }, answer(200, "<html>"), "the answer is not JSON"],
    [{ text: "z" }, { ...answer(200, "a"), cut: true }, 'the first part of the answer does not contain "z"'],
  ])("expected %j", (expected, given, wrong) => {
    expect(wrongIn(smokeCallSchema.parse(expected), given)).toBe(wrong);
  });

  it("has no value at what every object inherits", () => {
    expect(valueAt({}, "$.constructor.name")).toBeUndefined();
    expect(valueAt([1], "$.length")).toBe(1);
  });
});
