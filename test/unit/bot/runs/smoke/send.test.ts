import { createServer, type RequestListener, type Server } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { send } from "../../../../../bot/runs/smoke/send.ts";

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function serve(listener: RequestListener): Promise<string> {
  const made = createServer(listener);
  server = made;
  await new Promise<void>((done) => made.listen(0, "127.0.0.1", done));
  const address = made.address();
  return `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
}

const url = new URL("https://a1.execute-api.eu-west-2.amazonaws.com/dev/hello?x=1");
const common = { method: "GET", url, timeoutMs: 5_000, signal: new AbortController().signal };

describe("the request of a smoke test", () => {
  it("goes to a local AWS with the API's host name", async () => {
    const via = await serve(({ method, url: path, headers }, response) =>
      response.end(`${method} ${headers.host} ${path}`),
    );
    expect(await send({ ...common, via })).toEqual({
      status: 200,
      body: "GET a1.execute-api.eu-west-2.amazonaws.com /dev/hello?x=1",
      cut: false,
    });
  });

  it("follows no redirect", async () => {
    let asked = 0;
    const via = await serve((_request, response) => {
      asked += 1;
      response.writeHead(302, { location: "http://169.254.169.254/latest/meta-data/" }).end();
    });
    expect(await send({ ...common, via })).toMatchObject({ status: 302 });
    expect(asked).toBe(1);
  });

  it("reads a bounded part of an answer without end", async () => {
    const via = await serve((_request, response) => {
      const more = (): void => {
        while (!response.destroyed && response.write("x".repeat(65_536)));
      };
      response.on("drain", more);
      more();
    });
    const answer = await send({ ...common, via });
    expect([answer.cut, answer.body.length]).toEqual([true, 262_144]);
  });

  it("ends in time when nothing comes", async () => {
    const via = await serve(() => {});
    await expect(send({ ...common, via, timeoutMs: 20 })).rejects.toThrow("no answer within");
  });

  it("sends nothing without TLS to the outside", async () => {
    await expect(send({ ...common, url: new URL("http://169.254.169.254/") })).rejects.toThrow("https");
  });
});
