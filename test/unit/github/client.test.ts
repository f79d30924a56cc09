import { describe, expect, it } from "vitest";
import { createRequest } from "../../../src/github/client.ts";
import { errorOfGitHub } from "../../../src/github/errors.ts";
import { createFakeClock } from "../../fakes/clock.ts";
import { httpError } from "./memory-github.ts";

/** Fails with each error in turn, then answers. */
async function run(route: string, errors: Error[]) {
  const waits: number[] = [];
  const clock = createFakeClock();
  const sleep = (ms: number): Promise<void> => {
    waits.push(ms);
    return clock.sleep(ms);
  };
  let calls = 0;
  const request = createRequest(
    async () => {
      calls += 1;
      const error = errors.shift();
      if (error !== undefined) throw error;
      return { status: 200, data: { fine: true }, headers: {} };
    },
    { audience: "job", clock: { now: clock.now, sleep } },
  );
  const outcome = await request(route).then(
    () => "fine",
    (error) => `${error.code}: ${error.message}`,
  );
  return { outcome, calls, waits };
}

describe("requests to GitHub", () => {
  it("are repeated after server errors and cut connections", async () => {
    expect(await run("GET /x", [httpError(502), httpError(undefined)])).toEqual({
      outcome: "fine",
      calls: 3,
      waits: [500, 1000],
    });
  });

  it("are repeated when the answer broke off, which must not pass for an empty list", async () => {
    const headers = { "content-type": "application/json; charset=utf-8" };
    const answers = [
      { status: 200, data: '[{"state": "CHANGES_REQ', headers },
      { status: 200, data: [1], headers },
    ];
    const send = async () => answers.shift() ?? { status: 500, data: "", headers };
    const request = createRequest(send, { audience: "job", clock: createFakeClock() });
    expect((await request("GET /reviews")).data).toEqual([1]);
    answers.push({ status: 201, data: "{", headers });
    await expect(request("POST /x")).rejects.toMatchObject({ code: "GITHUB_UNREACHABLE" });
  });

  it.each<[string, unknown, string]>([
    ["a proxy's page", "<html>Sign in to the network</html>", "text/html"],
    ["text without a type", "sorry", ""],
    ["bytes", new ArrayBuffer(8), "application/octet-stream"],
    ["nothing at all", "", "application/json"],
  ])("are repeated when what comes is %s, although with the status of success", async (_what, data, type) => {
    const headers = { "content-type": type };
    const answers = [{ status: 200, data, headers }];
    const send = async () => answers.shift() ?? { status: 200, data: [1], headers };
    const request = createRequest(send, { audience: "job", clock: createFakeClock() });
    expect((await request("GET /reviews")).data).toEqual([1]);
  });

  it("may be answered with nothing where there is nothing to say", async () => {
    const send = async () => ({ status: 204, data: "", headers: {} });
    const request = createRequest(send, { audience: "job", clock: createFakeClock() });
    expect((await request("DELETE /x")).status).toBe(204);
    expect((await request("GET /x")).status).toBe(204);
  });

  it("are given up after four attempts", async () => {
    const { outcome, calls } = await run(
      "GET /x",
      Array.from({ length: 9 }, () => httpError(503, "busy")),
    );
    expect(calls).toBe(4);
    expect(outcome).toBe("GITHUB_ERROR: GitHub answered 503 to GET /x: busy");
  });

  it("are not repeated when they may have made something", async () => {
    expect(await run("POST /x", [httpError(502, "bad gateway")])).toMatchObject({
      outcome: "GITHUB_ERROR: GitHub answered 502 to POST /x: bad gateway",
      calls: 1,
    });
    expect(await run("POST /x", [httpError(undefined, "socket hang up")])).toMatchObject({
      outcome: "GITHUB_UNREACHABLE: GitHub did not answer POST /x: socket hang up",
      calls: 1,
    });
  });

  it("that reach none of the host's addresses say why of each, where Octokit has no words", async () => {
    const cause = new TypeError("fetch failed", {
      cause: new AggregateError([new Error("refused by ::1"), new Error("refused by 127.0.0.1")]),
    });
    const { outcome } = await run("POST /x", [Object.assign(httpError(undefined, ""), { cause })]);
    expect(outcome).toBe(
      "GITHUB_UNREACHABLE: GitHub did not answer POST /x: refused by ::1; refused by 127.0.0.1",
    );
  });

  it("wait as long as a rate limit says, POST too", async () => {
    const limit = httpError(403, "You have exceeded a secondary rate limit", { "retry-after": "7" });
    expect(await run("POST /x", [limit])).toEqual({ outcome: "fine", calls: 2, waits: [7000] });
  });

  it("wait a minute where a secondary limit names no time", async () => {
    const limit = httpError(403, "You have exceeded a secondary rate limit");
    expect(await run("POST /x", [limit])).toEqual({ outcome: "fine", calls: 2, waits: [60_000] });
  });

  it("do not wait for an hour", async () => {
    const reset = Math.floor(createFakeClock().now() / 1000) + 3000;
    const limit = httpError(403, "API rate limit exceeded", {
      "x-ratelimit-remaining": "0",
      "x-ratelimit-reset": String(reset),
    });
    expect(await run("GET /x", [limit])).toMatchObject({
      outcome: "GITHUB_RATE_LIMITED: GitHub's rate limit is used up (GET /x: API rate limit exceeded)",
      calls: 1,
    });
  });

  it.each([
    [401, "GITHUB_TOKEN_REFUSED"],
    [403, "GITHUB_FORBIDDEN"],
    [404, "GITHUB_NOT_FOUND"],
    [422, "GITHUB_ERROR"],
  ])("tell a %i as %s", async (status, code) => {
    const { outcome, calls } = await run("GET /x", [httpError(status)]);
    expect(outcome).toContain(code);
    expect(calls).toBe(1);
  });

  it.each([
    [403, "Repository was archived so is read-only.", "GITHUB_ARCHIVED"],
    [403, "Unable to create comment because issue is locked.", "GITHUB_LOCKED"],
    [410, "Issues has been disabled in this repository.", "GITHUB_LOCKED"],
    [403, "Repository access blocked", "GITHUB_LOCKED"],
    [423, "This repository is locked", "GITHUB_LOCKED"],
    [403, "Resource not accessible by integration", "GITHUB_FORBIDDEN"],
    [404, "Not Found", "GITHUB_NOT_FOUND"],
    [500, "The server is locked", "GITHUB_ERROR"],
  ])("name what is locked or archived: %i %s is %s", async (status, said, code) => {
    const error = errorOfGitHub(httpError(status, said), "POST /x", "app");
    expect(error).toMatchObject({ code, message: expect.stringContaining(said) });
  });
});
