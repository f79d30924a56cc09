import { createHmac } from "node:crypto";
import { request } from "node:http";
import { connect } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { createBodyReader } from "../../../../bot/http/body.ts";
import { createMetrics } from "../../../../bot/services/metrics.ts";
import { webhookRoutes, type WebhookParts } from "../../../../bot/http/webhooks.ts";
import { filterPayload } from "../../../../bot/events/payload-filter.ts";
import { createMemoryStore } from "../../../fakes/store.ts";
import { keptLog, type Serving, serving } from "./serving.ts";

const SECRET = "a secret of tests, long enough";
let running: Serving | undefined;
afterEach(() => running?.server.close(0));

async function receiver(more: { [Name in keyof WebhookParts]?: NonNullable<WebhookParts[Name]> } = {}) {
  const store = createMemoryStore();
  const log = keptLog();
  const metrics = createMetrics({ version: "1.2.3" });
  const parts = {
    store,
    secret: SECRET,
    log,
    metrics,
    filterPayload: (_: string, body: string) => body,
    ...more,
  };
  running = await serving({ routes: webhookRoutes(parts) });
  return { store, log, metrics, url: `${running.url}/api/github/webhooks`, port: running.port };
}

const signed = (body: string | Buffer, secret = SECRET): string =>
  `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;

function headers(body: string, more: Record<string, string | undefined> = {}): Record<string, string> {
  const all = {
    "content-type": "application/json",
    "x-github-event": "issue_comment",
    "x-github-delivery": "72d3162e-cc78-11e3-81ab-4c9367dc0958",
    "x-hub-signature-256": signed(body),
    ...more,
  };
  return Object.fromEntries(
    Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

const BODY = JSON.stringify({ action: "created", comment: { body: "/apply – ünïcode 🚀" } });
const post = (url: string, body = BODY, more: Record<string, string | undefined> = {}): Promise<Response> =>
  fetch(url, { method: "POST", body, headers: headers(body, more) });

describe("a webhook", () => {
  test("that is signed is stored, then answered", async () => {
    const { store, url, metrics } = await receiver({ now: () => 1_700_000_000_000 });
    const answer = await post(url);
    expect(answer.status).toBe(202);
    expect(await answer.json()).toEqual({ delivery: "72d3162e-cc78-11e3-81ab-4c9367dc0958", known: false });
    expect(store.deliveries).toEqual([
      {
        id: "72d3162e-cc78-11e3-81ab-4c9367dc0958",
        event: "issue_comment",
        payload: BODY,
        receivedAt: new Date(1_700_000_000_000),
      },
    ]);
    expect(await metrics.text()).toContain(
      'gatewright_webhooks_total{outcome="accepted",detail="issue_comment"} 1',
    );
  });

  test("is taken at / too", async () => {
    const { store, port } = await receiver();
    expect((await post(`http://127.0.0.1:${port}/`)).status).toBe(202);
    expect(store.deliveries).toHaveLength(1);
  });

  test("that comes again is acknowledged and not stored again", async () => {
    const { store, url } = await receiver();
    await post(url);
    const again = await post(url);
    expect([again.status, await again.json()]).toEqual([
      202,
      { delivery: "72d3162e-cc78-11e3-81ab-4c9367dc0958", known: true },
    ]);
    expect(store.deliveries).toHaveLength(1);
  });

  test.each<[string, number, Record<string, string | undefined>, string]>([
    ["no signature", 401, { "x-hub-signature-256": undefined }, "missing"],
    [
      "the old signature only",
      401,
      { "x-hub-signature-256": undefined, "x-hub-signature": "sha1=aa" },
      "missing",
    ],
    ["a signature of something else", 401, { "x-hub-signature-256": signed("{}") }, "does not match"],
    ["another secret's signature", 401, { "x-hub-signature-256": signed(BODY, "another") }, "does not match"],
    ["half a signature", 401, { "x-hub-signature-256": "sha256=abc" }, "missing"],
    ["no event", 400, { "x-github-event": undefined }, "x-github-event"],
    ["an event that is none", 400, { "x-github-event": "../../etc" }, "x-github-event"],
    ["no delivery id", 400, { "x-github-delivery": undefined }, "x-github-delivery"],
    ["an endless delivery id", 400, { "x-github-delivery": "a".repeat(65) }, "x-github-delivery"],
    ["a form", 400, { "content-type": "application/x-www-form-urlencoded" }, "application/json"],
  ])("with %s is refused with %i and stored nowhere", async (_, status, more, words) => {
    const { store, url } = await receiver();
    const answer = await post(url, BODY, more);
    expect(answer.status).toBe(status);
    expect(JSON.stringify(await answer.json())).toContain(words);
    expect(store.deliveries).toEqual([]);
  });

  test("whose body was changed on the way is refused", async () => {
    const { store, url } = await receiver();
    const answer = await post(url, BODY.replace("/apply", "/destroy"), {
      "x-hub-signature-256": signed(BODY),
    });
    expect(answer.status).toBe(401);
    expect(store.deliveries).toEqual([]);
  });

  test("that is signed and no JSON object is refused", async () => {
    const { url } = await receiver();
    expect((await post(url, "payload=%7B%7D")).status).toBe(400);
    expect((await post(url, "")).status).toBe(400);
  });

  test("that is signed and broken JSON is refused", async () => {
    const { store, url } = await receiver({ filterPayload });
    expect((await post(url, BODY.slice(0, -1))).status).toBe(400);
    expect(store.deliveries).toMatchObject([{ payload: "" }]);
  });

  test.each(["projects_v2_item", "projects_v2_status_update", "secret_scanning_alert_location", "x2"])(
    "of the event %s is taken",
    async (event) => {
      const { store, url } = await receiver({ filterPayload });
      expect((await post(url, BODY, { "x-github-event": event })).status).toBe(202);
      expect(store.deliveries).toMatchObject([{ event }]);
    },
  );

  test("that is signed and refused is remembered, so that it is not asked for again", async () => {
    const { store, url, log } = await receiver({ filterPayload });
    const answer = await post(url, "[]");
    expect(answer.status).toBe(400);
    expect(store.deliveries).toMatchObject([{ event: "issue_comment", payload: "" }]);
    expect(log.lines.join()).toContain("not a JSON object");
  });

  test("that concerns nobody is remembered without its payload", async () => {
    const { store, url } = await receiver({ filterPayload });
    expect((await post(url)).status).toBe(202);
    expect(store.deliveries).toMatchObject([{ event: "issue_comment", payload: "" }]);
    expect(await (await post(url)).json()).toMatchObject({ known: true });
  });

  test("is not acknowledged while the store is away, and comes through afterwards", async () => {
    const { store, url, log } = await receiver();
    store.breakWith(new Error("connection refused"));
    const refused = await post(url);
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "10"]);
    expect(log.lines.join()).toContain("connection refused");
    store.breakWith(undefined);
    expect((await post(url)).status).toBe(202);
    expect(store.deliveries).toHaveLength(1);
  });

  test("is answered 503 before GitHub gives up on a store that hangs", async () => {
    const { url } = await receiver({
      store: { acceptDelivery: () => new Promise(() => {}) },
      storeTimeoutMs: 20,
    });
    expect((await post(url)).status).toBe(503);
  });

  test("larger than allowed is refused by its announced length before it is read", async () => {
    const { port } = await receiver();
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(port, "127.0.0.1", () => {
        const lines = Object.entries(headers("{}", { "content-length": String(26 * 1024 * 1024) }));
        socket.write(
          `POST /api/github/webhooks HTTP/1.1\r\nhost: bot\r\n${lines.map((line) => line.join(": ")).join("\r\n")}\r\n\r\n`,
        );
      });
      socket.on("error", reject);
      socket.on("data", (data) => resolve(String(data)));
    });
    expect(answer).toMatch(/^HTTP\/1.1 413 [\s\S]*connection: close/);
  });

  test("larger than allowed is refused while it comes in pieces", async () => {
    const { port, store } = await receiver({
      bodies: createBodyReader({ mostBytes: 1000, mostBytesTogether: 10_000 }),
    });
    const status = await new Promise<number | undefined>((resolve) => {
      const sending = request(
        {
          port,
          host: "127.0.0.1",
          path: "/",
          method: "POST",
          headers: headers("", { "transfer-encoding": "chunked" }),
        },
        (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        },
      );
      sending.on("error", () => {});
      for (let piece = 0; piece < 20; piece += 1) sending.write("x".repeat(100));
      sending.end();
    });
    expect(status).toBe(413);
    expect(store.deliveries).toEqual([]);
  });

  test("as large as GitHub's largest is taken", async () => {
    const { store, url } = await receiver();
    const body = JSON.stringify({ filler: "x".repeat(25 * 1024 * 1024 - 20) });
    expect((await post(url, body)).status).toBe(202);
    expect(store.deliveries[0]?.payload.length).toBe(body.length);
  });

  test("beyond what may be in memory at once is put off, and the memory is given back", async () => {
    const { url } = await receiver({
      bodies: createBodyReader({ mostBytes: 3000, mostBytesTogether: 2000 }),
    });
    const body = JSON.stringify({ filler: "x".repeat(2500) });
    expect((await post(url, body)).status).toBe(503);
    expect((await post(url)).status).toBe(202);
  });

  test("arrives although others hold all room with bodies that they never finish", async () => {
    const { url, port, store } = await receiver({
      bodies: createBodyReader({ mostBytes: 1000, mostBytesTogether: 3000, longestMs: 60_000 }),
    });
    const halves = await Promise.all(Array.from({ length: 12 }, () => halfSent(port, 900)));
    for (let sent = 0; sent < 5; sent += 1)
      expect((await post(url, BODY, { "x-github-delivery": `d${sent}` })).status).toBe(202);
    expect(store.deliveries).toHaveLength(5);
    // Only what still fits is kept of them; the oldest were told to try again.
    await expect.poll(() => halves.filter(({ answer }) => answer().includes(" 503 ")).length).toBe(9);
  });

  test("that trickles in is given up in the time that GitHub waits", async () => {
    const { port } = await receiver({ bodies: createBodyReader({ longestMs: 200 }) });
    const { answer, closed } = await halfSent(port, 10);
    await closed;
    expect(answer()).toMatch(/^HTTP\/1\.1 408 /);
  });

  test("by another method is answered with the one that counts", async () => {
    const { url } = await receiver();
    const answer = await fetch(url);
    expect([answer.status, answer.headers.get("allow")]).toEqual([405, "POST"]);
  });
});

/** A request whose body ends in its middle. */
async function halfSent(port: number, bytes: number) {
  const socket = connect(port, "127.0.0.1");
  let answer = "";
  socket.on("data", (data) => {
    answer += String(data);
  });
  socket.on("error", () => {});
  const closed = new Promise<void>((resolve) => socket.once("close", () => resolve()));
  const head = Object.entries(headers("", { "content-length": "950" })).map(
    ([name, value]) => `${name}: ${value}`,
  );
  socket.write(`POST / HTTP/1.1\r\nhost: bot\r\n${head.join("\r\n")}\r\n\r\n${"x".repeat(bytes)}`);
  await new Promise<void>((resolve) => socket.once("connect", resolve));
  return { answer: () => answer, closed };
}
