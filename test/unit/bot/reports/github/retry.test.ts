import { describe, expect, it } from "vitest";
import { retryWrite } from "../../../../../bot/reports/github/retry.ts";
import { isTransient } from "../../../../../src/github/errors.ts";
import type { Run } from "../../../../../src/model/run.ts";
import { GatewrightError } from "../../../../../src/index.ts";

const github = (status: number, code = "GITHUB_ERROR"): GatewrightError =>
  new GatewrightError(code, `GitHub answered ${status}`, {
    cause: Object.assign(new Error("x"), { status, response: {} }),
    hint: "what to do",
  });

const RUN = { id: "run-1" } as Run;

function services() {
  const said: { fields: Readonly<Record<string, unknown>>; text: string }[] = [];
  const log = (fields: Readonly<Record<string, unknown>>, text: string) => void said.push({ fields, text });
  return {
    said,
    clock: { now: () => 0, sleep: async () => {} },
    log: { info: log, warn: log, error: log },
  };
}

describe("a failure at GitHub", () => {
  it.each([
    ["500", github(500), true],
    ["401", github(401, "GITHUB_TOKEN_REFUSED"), true],
    ["a rate limit", github(403, "GITHUB_RATE_LIMITED"), true],
    ["no answer", new GatewrightError("GITHUB_UNREACHABLE", "no answer"), true],
    ["what nobody foresaw", new TypeError("x is undefined"), true],
    ["a missing permission", github(403, "GITHUB_FORBIDDEN"), false],
    ["404", github(404, "GITHUB_NOT_FOUND"), false],
    ["422", github(422), false],
    ["our own settings", new GatewrightError("SETTINGS_INVALID", "no"), false],
  ])("%s may pass: see the table", (_what, error, expected) => {
    expect(isTransient(error)).toBe(expected);
  });
});

describe("what is written beside the comment", () => {
  it("is tried again, and is done when it worked", async () => {
    let attempts = 0;
    const { said, ...given } = services();
    await retryWrite(given, RUN, "a check", async () => {
      attempts += 1;
      if (attempts < 3) throw github(502);
    });
    expect(attempts).toBe(3);
    expect(said).toEqual([]);
  });

  it("is for the queue when it goes on failing", async () => {
    const { said, ...given } = services();
    const error = github(502);
    await expect(retryWrite(given, RUN, "a check", () => Promise.reject(error))).rejects.toBe(error);
    expect(said).toEqual([]);
  });

  it("is given up when GitHub refuses it for good: the log tells what, and what to do", async () => {
    const { said, ...given } = services();
    await retryWrite(given, RUN, "a check", () => Promise.reject(github(403, "GITHUB_FORBIDDEN")));
    expect(said).toEqual([
      {
        fields: { runId: "run-1", status: 403, error: "GitHub answered 403", hint: "what to do" },
        text: "GitHub refused a check",
      },
    ]);
  });
});
