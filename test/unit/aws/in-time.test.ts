import { createServer, type Server } from "node:http";
import { createServer as createTcpServer, type AddressInfo, type Socket } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { connectAws, type ConnectOptions } from "../../../src/aws/connect.ts";
import { translate } from "../../../src/aws/errors.ts";
import { apiGateway } from "../../../src/resources/ApiGatewayV2/service.ts";

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** A server that accepts connections and, left alone, never says a word. */
async function silent(hear: (socket: Socket) => void = () => {}) {
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.once("close", () => sockets.delete(socket));
    hear(socket);
    socket.resume();
  });
  return { endpoint: await listening(server), sockets };
}

async function listening(server: ReturnType<typeof createTcpServer> | Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => {
    if ("closeAllConnections" in server) server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function connected(endpoint: string, more: Partial<ConnectOptions> = {}) {
  return connectAws({
    region: "eu-west-2",
    endpoint,
    credentials: { accessKeyId: "a", secretAccessKey: "b" },
    budget: async () => {},
    backoffMs: 1,
    limits: { readMs: 100, writeMs: 150 },
    ...more,
  });
}

const failure = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => "succeeded",
    (error: unknown) => translate(error),
  );

describe("a call that AWS does not answer", () => {
  test("ends after three silences with an error that says so, and closes its connections", async () => {
    const { endpoint, sockets } = await silent();
    const aws = connected(endpoint);
    const api = await aws.client(apiGateway);
    expect(await failure(api.getApis({}))).toMatchObject({
      code: "AWS_UNREACHABLE",
      message: "ApiGatewayV2 GetApis could not be reached: no answer within 0.1 s, 3 times",
    });
    expect(aws.calls()).toBe(3);
    await expect.poll(() => sockets.size).toBe(0);
  });

  test("ends also when the answer stops in its middle", async () => {
    const { endpoint } = await silent((socket) => {
      socket.once("data", () => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n{"items": ['));
    });
    const api = await connected(endpoint).client(apiGateway);
    expect(await failure(api.getApis({}))).toMatchObject({ code: "AWS_UNREACHABLE" });
  });

  test("ends also while it waits for credentials", async () => {
    const { endpoint } = await silent();
    const credentials = () => new Promise<never>(() => {});
    const api = await connected(endpoint, { credentials }).client(apiGateway);
    expect(await failure(api.getApis({}))).toMatchObject({
      code: "AWS_UNREACHABLE",
      message: expect.stringContaining("credentials did not arrive within 0.3 s"),
    });
  });

  test("is not sent again when it makes something: its outcome is looked for first", async () => {
    const { endpoint } = await silent();
    const aws = connected(endpoint);
    const api = await aws.client(apiGateway);
    const create = api.createApi({ Name: "shop", ProtocolType: "HTTP" });
    await expect(create).rejects.toMatchObject({ name: "WriteOutcomeUnknown" });
    expect(aws.calls()).toBe(1);
  });

  test("is tried again, and the answer that comes then counts", async () => {
    let asked = 0;
    const server = createServer((_request, response) => {
      asked += 1;
      if (asked > 2) response.end('{"items": []}');
    });
    const api = await connected(await listening(server)).client(apiGateway);
    expect((await api.getApis({})).Items).toEqual([]);
  });
});

describe("a run that is stopped", () => {
  const reason = new Error("the run was cancelled");

  test("ends what is in flight at once, with its reason, and closes the connection", async () => {
    const { endpoint, sockets } = await silent();
    const stop = new AbortController();
    const api = await connected(endpoint, { limits: {}, signal: stop.signal }).client(apiGateway);
    const calls = [api.getApis({}), api.createApi({ Name: "shop", ProtocolType: "HTTP" })];
    await expect.poll(() => sockets.size).toBe(2);
    stop.abort(reason);
    for (const call of calls) await expect(call).rejects.toBe(reason);
    await expect.poll(() => sockets.size).toBe(0);
  });

  test("ends what waits for its turn, and sends nothing more", async () => {
    const { endpoint } = await silent();
    const stop = new AbortController();
    const budget = () => new Promise<void>(() => {});
    const aws = connected(endpoint, { budget, signal: stop.signal });
    const api = await aws.client(apiGateway);
    const waiting = api.getApis({});
    stop.abort(reason);
    await expect(waiting).rejects.toBe(reason);
    await expect(api.getApis({})).rejects.toBe(reason);
    expect(aws.calls()).toBe(0);
  });
});

describe("a plan that would need ever more requests", () => {
  test("ends with an error at its limit, without another request", async () => {
    let requests = 0;
    const server = createServer((_request, response) => {
      requests += 1;
      response.setHeader("content-type", "application/json").end('{"items": []}');
    });
    const aws = connected(await listening(server), { mostCalls: 3, limits: { readMs: 10_000 } });
    const api = await aws.client(apiGateway);
    for (let call = 1; call <= 3; call += 1) await api.getApis({});
    expect(await failure(api.getApis({}))).toMatchObject({ code: "AWS_REQUESTS_TOO_MANY" });
    expect([requests, aws.calls()]).toEqual([3, 3]);
  });
});
