import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addressOf, endpointsOf } from "../../../../../bot/runs/smoke/address.ts";
import type { Output } from "../../../../../src/model/apply.ts";

const HOST = "https://a1.execute-api.eu-west-2.amazonaws.com";
const output = (name: string, resource: string, value: string): Output => ({
  type: "Some::Type",
  resource,
  name,
  value,
});
const outputs = [
  output("ApiEndpoint", "my-api", HOST),
  output("InvokeUrl", "my-api dev", `${HOST}/dev`),
  output("FunctionUrl", "my-function", "https://x.lambda-url.eu-west-2.on.aws/"),
  output("InvokeUrl", "sockets", "wss://b2.execute-api.eu-west-2.amazonaws.com/dev"),
  output("FunctionArn", "my-function", "arn:aws:lambda:eu-west-2:123456789012:function:my-function"),
];
const endpoints = endpointsOf(outputs);
const called = (path: string, endpoint?: string): string => {
  const url = addressOf(endpoints, path, endpoint);
  return "wrong" in url ? url.wrong : url.href;
};

describe("the address of a smoke call", () => {
  it("is of an HTTP stage or a function's URL, never of a socket or an ARN", () => {
    expect(endpoints.map(({ resource }) => resource)).toEqual(["my-api dev", "my-function"]);
  });

  it("keeps the stage's path, and is named by the resource or its API", () => {
    expect(called("/hello?x=1", "my-api")).toBe(`${HOST}/dev/hello?x=1`);
    expect(called("/hello", "my-api dev")).toBe(`${HOST}/dev/hello`);
    expect(called("/", "my-function")).toBe("https://x.lambda-url.eu-west-2.on.aws/");
  });

  it("must be named among several, and be there", () => {
    expect(called("/hello")).toContain("`endpoint` of the call must name one");
    expect(called("/hello", "orders")).toContain("my-api, my-function");
    expect(addressOf([], "/hello", undefined)).toEqual({
      wrong: "the stack has no endpoint that could be called",
    });
  });

  it.each(["/../prod/hello", "/%2e%2e/prod", "/%2E%2E/%2E%2E/x", "/a/../../prod"])(
    "does not leave the stage with %s",
    (path) => expect(called(path, "my-api")).toContain("leads out of the endpoint"),
  );

  it("never is of another host, whatever the path", () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom("", "/", "//", "/\\", "@", ":"), (text, start) => {
        const url = addressOf(endpoints, `${start}${text}`, "my-api");
        if (!("wrong" in url)) expect(url.href.startsWith(`${HOST}/dev/`)).toBe(true);
      }),
    );
  });
});
