import { createServer, get } from "node:http";
import { connect } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { type Front, openFront } from "../../../../src/cli/dev/front.ts";
import { userErrors } from "../../../../src/model/errors.ts";

describe("a front", () => {
  const opened: { close(): unknown }[] = [];
  afterEach(async () => {
    for (const one of opened.splice(0).reverse()) await one.close();
  });

  /** An API that says by which name and path it was called, and greets whoever upgrades. */
  async function api(): Promise<number> {
    const server = createServer((asked, answer) => answer.end(`${asked.headers.host}${asked.url}`));
    server.on("upgrade", (asked, socket) => socket.end(`HTTP/1.1 101 Hello\r\n\r\n${asked.headers.host}`));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    opened.push({ close: () => new Promise((resolve) => server.close(resolve)) });
    const address = server.address();
    return typeof address === "object" && address !== null ? address.port : 0;
  }
  const front = async (origin: string): Promise<Front> => {
    const made = await openFront(0, origin);
    opened.push(made);
    return made;
  };
  const read = (url: string): Promise<string> =>
    new Promise((resolve, reject) => {
      get(url, { agent: false }, (answer) => {
        let text = "";
        answer.on("data", (part) => {
          text += part;
        });
        answer.on("end", () => resolve(text));
      }).once("error", reject);
    });

  it("calls the API by its name, and another one once it is aimed there", async () => {
    const port = await api();
    const { url, aim } = await front(`http://one.localhost:${port}`);
    expect(await read(`${url}/hello?name=Ana`)).toBe(`one.localhost:${port}/hello?name=Ana`);
    aim(`http://two.localhost:${port}`);
    expect(await read(`${url}/`)).toBe(`two.localhost:${port}/`);
  });

  const UPGRADE = "GET /live HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";

  it("passes a WebSocket on", async () => {
    const port = await api();
    const { url } = await front(`http://chat.localhost:${port}`);
    const heard = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(new URL(url).port), "127.0.0.1", () => socket.write(UPGRADE));
      let text = "";
      socket.on("data", (part) => {
        text += part;
      });
      socket.once("close", () => resolve(text));
      socket.once("error", reject);
    });
    expect(heard).toMatch(new RegExp(`^HTTP/1.1 101.*chat\\.localhost:${port}$`, "s"));
  });

  it("ends although a WebSocket is open", async () => {
    const chat = createServer();
    chat.on("upgrade", (_, socket) => socket.write("HTTP/1.1 101 Hello\r\n\r\n"));
    await new Promise<void>((resolve) => chat.listen(0, "127.0.0.1", resolve));
    opened.push({ close: () => chat.close() });
    const address = chat.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const { url, close } = await openFront(0, `http://chat.localhost:${port}`);
    const socket = connect(Number(new URL(url).port), "127.0.0.1", () => socket.write(UPGRADE));
    const ended = new Promise<void>((resolve) => socket.once("close", () => resolve()));
    await new Promise<void>((resolve) => socket.once("data", () => resolve()));
    await close();
    await ended;
  });

  it("tells of what is answered, also over a WebSocket", async () => {
    const port = await api();
    const told: string[] = [];
    const made = await openFront(0, `http://chat.localhost:${port}`, () => told.push("answered"));
    opened.push(made);
    await read(`${made.url}/hello`);
    expect(told).toHaveLength(1);
    const socket = connect(Number(new URL(made.url).port), "127.0.0.1", () => socket.write(UPGRADE));
    await new Promise<void>((resolve) => socket.resume().once("close", () => resolve()));
    expect(told.length).toBeGreaterThan(1);
  });

  it("says that its port is taken", async () => {
    const port = await api();
    const error = await openFront(port, "http://one.localhost:1").catch((thrown: unknown) => thrown);
    expect(userErrors(error)?.map(({ code, hint }) => [code, hint])).toEqual([
      ["DEV_PORT_TAKEN", expect.stringContaining("--port")],
    ]);
  });
});
