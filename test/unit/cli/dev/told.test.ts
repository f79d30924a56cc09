import { describe, expect, it } from "vitest";
import { addressLines, changedLine, originsOf, roundLine } from "../../../../src/cli/dev/told.ts";
import type { ApplyResult, Callable } from "../../../../src/model/apply.ts";

describe("what it says", () => {
  const callable = (what: string, url: string): Callable => ({
    type: "ApiGatewayV2::Route",
    resource: what,
    what,
    url,
    callers: "anybody",
  });
  const callables = [
    callable("GET /hello/{name}", "http://a.execute-api.localhost:4566/hello/{name}"),
    callable("POST /", "http://a.execute-api.localhost:4566/"),
    callable("connections", "ws://b.execute-api.localhost:4566/live"),
  ];

  it("gives each API an address on this machine", () => {
    const origins = originsOf(callables);
    expect(origins).toEqual(["http://a.execute-api.localhost:4566", "http://b.execute-api.localhost:4566"]);
    const lines = addressLines(callables, (origin) => `http://127.0.0.1:${3000 + origins.indexOf(origin)}`);
    expect(lines).toEqual([
      "  GET /hello/{name}  http://127.0.0.1:3000/hello/{name}",
      "  POST /             http://127.0.0.1:3000/",
      "  connections        ws://127.0.0.1:3001/live",
    ]);
  });

  it("counts what a round did", () => {
    const result = (actions: readonly string[]): ApplyResult =>
      ({ results: actions.map((action) => ({ action })), durationMs: 1200 }) as unknown as ApplyResult;
    expect(roundLine(result(["update", "create", "update"]))).toBe("1 created and 2 updated (1.2 s)");
    expect(roundLine(result([]))).toBe("Nothing to change (1.2 s)");
    expect(changedLine(["a.js"])).toBe("Changed: a.js");
    expect(changedLine(["a.js", "b.js", "c.js"])).toBe("Changed: a.js and 2 more files");
  });
});
