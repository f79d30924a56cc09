import { connect } from "node:net";
import { Hono } from "hono";
import { afterEach, describe, expect, test } from "vitest";
import { type Env, type Handler, plain, type Routes } from "../../../../bot/http/web/context.ts";
import { events } from "../../../../bot/http/web/events.ts";
import { keptLog, type Serving, serving } from "./serving.ts";

let running: Serving | undefined;
afterEach(() => running?.server.close(0));

const at = (path: string, handle: Handler): Routes => new Hono<Env>().get(path, handle);

describe("the table of routes", () => {
  const routes: Routes = new Hono<Env>();
  routes.get("/runs", (call) => plain(call, 200, ""));
  routes.get("/runs/:id", (call) => plain(call, 200, call.req.param("id")));
  routes.post("/", (call) => plain(call, 200, ""));

  test.each([
    ["GET", "/runs", 200, "/runs"],
    ["HEAD", "/runs", 200, "/runs"],
    ["GET", "/runs/1?a=b", 200, "/runs/:id"],
    ["GET", "/runs/", 404, "(none)"],
    ["GET", "/runs/1/2", 404, "(none)"],
    ["POST", "/runs", 405, "(none)"],
    ["GET", "/", 405, "(none)"],
    ["GET", "/else", 404, "(none)"],
  ])("answers %s %s with %i, counted as %s", async (method, path, status, pattern) => {
    const counted: unknown[] = [];
    running = await serving({ routes, onAnswer: (...answer) => counted.push(answer.slice(0, 3)) });
    const answer = await fetch(`${running.url}${path}`, { method });
    expect(answer.status).toBe(status);
    expect(counted).toEqual([[pattern, method, status]]);
    if (status === 405) expect(answer.headers.get("allow")).toBe(path === "/" ? "POST" : "GET, HEAD");
  });

  test("decodes what the path holds", async () => {
    running = await serving({ routes });
    expect(await (await fetch(`${running.url}/runs/a%2Fb`)).text()).toBe("a/b\n");
  });
});

describe("the server", () => {
  test("answers a failure without telling what it was, and logs it", async () => {
    const log = keptLog();
    running = await serving({
      log,
      routes: at("/", () => {
        throw new Error("postgres://user:password@db");
      }),
    });
    const answer = await fetch(running.url);
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toContain("password");
    expect(log.lines.join()).toContain("password");
  });

  test("answers HEAD without a body and marks everything nosniff", async () => {
    running = await serving({ routes: at("/", (call) => plain(call, 200, "body")) });
    const answer = await fetch(running.url, { method: "HEAD" });
    expect([answer.status, await answer.text(), answer.headers.get("x-content-type-options")]).toEqual([
      200,
      "",
      "nosniff",
    ]);
  });

  test.each(["GET //evil.example/ HTTP/1.1", "GET http://evil.example/ HTTP/1.1", "OPTIONS * HTTP/1.1"])(
    "refuses %s",
    async (line) => {
      running = await serving({ routes: at("/", (call) => plain(call, 200, "body")) });
      const { port } = running;
      const answer = await new Promise<string>((resolve) => {
        const socket = connect(port, "127.0.0.1", () => socket.write(`${line}\r\nhost: a\r\n\r\n`));
        socket.on("data", (data) => resolve(String(data)));
      });
      expect(answer).toMatch(/^HTTP\/1.1 400 /);
    },
  );

  test("lets what is under way end when it closes, and takes nothing new", async () => {
    let finish = (): void => {};
    const asked = new Promise<void>((resolve) => {
      finish = resolve;
    });
    let entered = (): void => {};
    const inside = new Promise<void>((resolve) => {
      entered = resolve;
    });
    running = await serving({
      routes: at("/", async (call) => {
        entered();
        await asked;
        return plain(call, 200, "done");
      }),
    });
    const { url, server } = running;
    const answer = fetch(url);
    await inside;
    const closed = Promise.all([server.close(5000), server.close(5000)]);
    await expect(fetch(url)).rejects.toThrow();
    finish();
    expect(await (await answer).text()).toBe("done\n");
    await closed;
  });

  test("ends streams when it closes, so that they come back elsewhere", async () => {
    running = await serving({
      routes: at("/", (call) =>
        events(call, keptLog(), async (send, signal) => {
          await send({ event: "step", id: 7, data: { html: "a\nb" } });
          await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
        }),
      ),
    });
    const answer = await fetch(running.url);
    const reader = answer.body?.getReader();
    let received = "";
    while (!received.includes("id: 7")) received += new TextDecoder().decode((await reader?.read())?.value);
    expect(received).toBe('retry: 2000\n\nevent: step\ndata: {"html":"a\\nb"}\nid: 7\n\n');
    // Longer than this test is given: it does not wait for them.
    await running.server.close(600_000);
    expect((await reader?.read())?.done).toBe(true);
  });

  test("answers HEAD of a stream with its headers, and begins nothing", async () => {
    let begun = 0;
    running = await serving({
      routes: at("/", (call) =>
        events(call, keptLog(), async () => {
          begun += 1;
        }),
      ),
    });
    const answer = await fetch(running.url, { method: "HEAD" });
    expect(answer.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
    expect(begun).toBe(0);
  });

  test("tells a stream that its client has gone, and logs no failure of it", async () => {
    const log = keptLog();
    let gone = (): void => {};
    const ended = new Promise<void>((resolve) => {
      gone = resolve;
    });
    running = await serving({
      log,
      routes: at("/", (call) =>
        events(call, log, (_, signal) => {
          return new Promise((resolve) => {
            signal.addEventListener("abort", () => {
              gone();
              resolve();
            });
          });
        }),
      ),
    });
    const answer = await fetch(running.url);
    await answer.body?.cancel();
    await ended;
    expect(log.lines).toEqual([]);
  });

  test("ends a stream that fails, and says why in the log only", async () => {
    const log = keptLog();
    running = await serving({
      log,
      routes: at("/", (call) =>
        events(call, log, async () => {
          throw new Error("postgres://user:password@db");
        }),
      ),
    });
    expect(await (await fetch(running.url)).text()).toBe("retry: 2000\n\n");
    expect(log.lines.join()).toContain("password");
  });

  test("cuts what does not end within the grace", async () => {
    running = await serving({ routes: at("/", () => new Promise(() => {})) });
    const cut = fetch(running.url).catch((error: unknown) => error);
    await new Promise((resolve) => setTimeout(resolve, 50));
    await running.server.close(50);
    expect(await cut).toBeInstanceOf(Error);
  });
});
