import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Callable } from "../../../src/model/apply.ts";
import { callLine, viewOutputs } from "../../../src/report/outputs.ts";
import { CALLABLES, WEBSOCKET } from "../../fixtures/comments.ts";

const call = (what: string, more: Partial<Callable> = {}): Callable => {
  const [method = "", path = ""] = what.split(" ");
  return {
    type: "ApiGatewayV2::Route",
    resource: what,
    what,
    ...(method === "ANY" ? {} : { method }),
    url: `https://x.example${path}`,
    callers: "anybody",
    ...more,
  };
};

describe("the line that tries a stack out", () => {
  it.each<[string, readonly Callable[], string]>([
    ["the first open read", CALLABLES, "curl https://7a38wlw431.execute-api.eu-west-2.amazonaws.com/hello"],
    [
      "a read with a token before a write by anybody",
      [call("POST /a"), call("GET /b", { callers: "token" })],
      'curl -H "Authorization: Bearer $TOKEN" https://x.example/b',
    ],
    [
      "a write, with a body",
      [call("PUT /a")],
      "curl -X PUT -H 'content-type: application/json' -d '{}' https://x.example/a",
    ],
    [
      "a path without variables before one with them",
      [call("GET /a/{id}"), call("GET /a")],
      "curl https://x.example/a",
    ],
    ["a read of the head alone", [call("HEAD /a")], "curl --head https://x.example/a"],
    ["variables as words", [call("GET /a/{id}/{rest+}")], "curl https://x.example/a/ID/REST"],
    [
      "a signature",
      [call("GET /a", { callers: "aws", signedFor: "execute-api" })],
      'curl --aws-sigv4 aws:amz:eu-west-2:execute-api --user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY" -H "x-amz-security-token: $AWS_SESSION_TOKEN" https://x.example/a',
    ],
    [
      "a connection",
      WEBSOCKET,
      'npx wscat -H "Authorization: $TOKEN" -c wss://k2f81xq0aa.execute-api.eu-west-2.amazonaws.com/prod',
    ],
  ])("is %s", (_, callables, line) => {
    expect(callLine(callables, "eu-west-2")).toBe(line);
  });

  it("is missing where nothing can be called", () => {
    expect(callLine([], "eu-west-2")).toBeUndefined();
  });

  it("hands any address to curl as one argument", () => {
    const text = fc.string({ unit: fc.constantFrom(..."a'\"$`\\ ;|&(){}*?!#~\n".split("")), maxLength: 20 });
    fc.assert(
      fc.property(text, (path) => {
        const url = `https://x.example/${path.replace(/[{}]/g, "")}`;
        const line = callLine([call("GET /", { url })], "eu-west-2") ?? "";
        const seen = execFileSync("sh", ["-c", `curl() { printf '%s' "$@"; }\n${line}`], {
          encoding: "utf8",
        });
        expect(seen).toBe(url);
      }),
      { numRuns: 50 },
    );
  });
});

describe("outputs", () => {
  const output = (name: string, value: string) => ({ type: "T::T", resource: "r", name, value });

  it("are addresses, ids and ARNs; an API's own address is left out where its stages have theirs", () => {
    const found = viewOutputs([
      output("ApiId", "7a38"),
      output("ApiEndpoint", "https://7a38.example"),
      output("InvokeUrl", "https://7a38.example/dev"),
      output("RoleArn", "arn:aws:iam::1:role/r"),
      output("TableName", "orders"),
    ]);
    expect(found.endpoints.map(({ name }) => name)).toEqual(["InvokeUrl"]);
    expect(found.ids.map(({ name }) => name)).toEqual(["ApiId", "TableName"]);
    expect(found.arns.map(({ name }) => name)).toEqual(["RoleArn"]);
  });

  it("name an address once that the default stage shares with its API", () => {
    const { endpoints } = viewOutputs([output("ApiEndpoint", "https://a"), output("InvokeUrl", "https://a")]);
    expect(endpoints.map(({ name }) => name)).toEqual(["InvokeUrl"]);
  });
});
