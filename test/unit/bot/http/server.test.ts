import { connect } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { plain, type Route } from "../../../../bot/http/web/answer.ts";
import { match } from "../../../../bot/http/router.ts";
import { encodeEvent, STREAM_HEADERS } from "../../../../bot/http/web/stream.ts";
import { keptLog, type Serving, serving } from "./serving.ts";

let running: Serving | undefined;
afterEach(() => running?.server.close(0));

const get = (path: string, handle: Route["handle"]): Route => ({ method: "GET", path, handle });

describe("the table of routes", () => {
  const routes = [
    get("/runs", () => plain(200, "")),
    get("/runs/:id", () => plain(200, "")),
    { method: "POST", path: "/", handle: () => plain(200, "") } as const,
  ];

  test.each([
    ["GET", "/runs", "route"],
    ["HEAD", "/runs", "route"],
    ["GET", "/runs/", "none"],
    ["GET", "/runs/1/2", "none"],
    ["GET", "/runs/%zz", "none"],
    ["POST", "/runs", "method"],
    ["GET", "/", "method"],
    ["GET", "/else", "none"],
  ])("%s %s: %s", (method, path, kind) => {
    expect(match(routes, method, path).kind).toBe(kind);
  });

  test("decodes what the path holds", () => {
    expect(match(routes, "GET", "/runs/a%2Fb")).toMatchObject({ params: { id: "a/b" } });
  });
});

describe("the server", () => {
  test("answers a failure without telling what it was, and logs it", async () => {
    const log = keptLog();
    running = await serving({
      log,
      routes: [
        get("/", () => {
          throw new Error("postgres://user:password@db");
        }),
      ],
    });
    const answer = await fetch(running.url);
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toContain("password");
    expect(log.lines.join()).toContain("password");
  });

  test("answers HEAD without a body and marks everything nosniff", async () => {
    running = await serving({ routes: [get("/", () => plain(200, "body"))] });
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
      running = await serving({ routes: [get("/", () => plain(200, "body"))] });
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
      routes: [
        get("/", async () => {
          entered();
          await asked;
          return plain(200, "done");
        }),
      ],
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
      routes: [
        get("/", ({ signal }) => ({
          status: 200,
          headers: STREAM_HEADERS,
          stream: async (send) => {
            await send(encodeEvent({ event: "step", id: 7, data: { html: "a\nb" } }));
            await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
          },
        })),
      ],
    });
    const answer = await fetch(running.url);
    const reader = answer.body?.getReader();
    const first = await reader?.read();
    expect(new TextDecoder().decode(first?.value)).toBe('id: 7\nevent: step\ndata: {"html":"a\\nb"}\n\n');
    const started = Date.now();
    await running.server.close(5000);
    expect((await reader?.read())?.done).toBe(true);
    expect(Date.now() - started).toBeLessThan(2000);
  });

  test("cuts what does not end within the grace", async () => {
    running = await serving({ routes: [get("/", () => new Promise(() => {}))] });
    const cut = fetch(running.url).catch((error: unknown) => error);
    await new Promise((resolve) => setTimeout(resolve, 50));
    await running.server.close(50);
    expect(await cut).toBeInstanceOf(Error);
  });
});
