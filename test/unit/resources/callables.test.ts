/** Which addresses a stack's callers have: of routes in each stage, of connections, of functions. */
import { describe, expect, it } from "vitest";
import { callablesOf } from "../../../src/engine/apply/outputs.ts";
import { resourceTypes } from "../../../src/resources/registry.ts";
import type { Live } from "../../../src/resources/type.ts";

type Given = Partial<Live> & Pick<Live, "type">;

function calls(...lives: readonly Given[]): readonly string[] {
  const all = lives.map((one, index): [string, Live] => [
    String(index),
    { name: "x", id: `id${index}`, state: {}, attributes: {}, ...one },
  ]);
  return callablesOf(new Map(all), resourceTypes).map(
    ({ what, method = "", url, callers }) => `${what}|${method}|${url}|${callers}`,
  );
}

const api = (state: Live["state"] = {}): Given => ({
  type: "ApiGatewayV2::Api",
  id: "a1",
  state: { ProtocolType: "HTTP", ...state },
  attributes: { ApiEndpoint: "https://a1.example" },
});
const route = (RouteKey: string, state: Live["state"] = {}): Given => ({
  type: "ApiGatewayV2::Route",
  parentId: "a1",
  state: { RouteKey, ...state },
});
const stage = (InvokeUrl: string): Given => ({
  type: "ApiGatewayV2::Stage",
  parentId: "a1",
  attributes: { InvokeUrl },
});

describe("what can be called", () => {
  it("is each route in each stage, with who may", () => {
    expect(
      calls(
        api(),
        stage("https://a1.example"),
        stage("https://a1.example/dev"),
        route("GET /hello"),
        route("ANY /any", { AuthorizationType: "JWT" }),
        route("$default", { AuthorizationType: "AWS_IAM" }),
      ),
    ).toEqual([
      "GET /hello|GET|https://a1.example/hello|anybody",
      "GET /hello|GET|https://a1.example/dev/hello|anybody",
      "ANY /any||https://a1.example/any|token",
      "ANY /any||https://a1.example/dev/any|token",
      "any other request||https://a1.example/|aws",
      "any other request||https://a1.example/dev/|aws",
    ]);
  });

  it("is nothing without a stage, of another API's stage, or where the API's own address is off", () => {
    expect(calls(api(), route("GET /hello"))).toEqual([]);
    expect(calls(api(), { ...stage("https://b"), parentId: "b1" }, route("GET /hello"))).toEqual([]);
    expect(
      calls(api({ DisableExecuteApiEndpoint: true }), stage("https://a1.example"), route("GET /hello")),
    ).toEqual([]);
  });

  it("is the connections to a WEBSOCKET API, not its messages", () => {
    const socket = api({ ProtocolType: "WEBSOCKET" });
    expect(calls(socket, stage("wss://a1.example/dev"), route("sendMessage"))).toEqual([
      "connections||wss://a1.example/dev|anybody",
    ]);
    expect(
      calls(socket, stage("wss://a1.example/dev"), route("$connect", { AuthorizationType: "CUSTOM" })),
    ).toEqual(["connections||wss://a1.example/dev|authorizer"]);
  });

  it("is any request to an API that was made quickly, and a function's URL", () => {
    expect(calls(api({ Target: "arn:aws:lambda:eu-west-2:1:function:f" }))).toEqual([
      "any request||https://a1.example/|anybody",
    ]);
    const url = (AuthType: string): Given => ({
      type: "Lambda::Function",
      attributes: { FunctionUrl: "https://f.lambda-url.example/" },
      state: { FunctionUrlConfig: { AuthType } },
    });
    expect(calls(url("NONE"), url("AWS_IAM"), { type: "Lambda::Function" })).toEqual([
      "the function's URL||https://f.lambda-url.example/|anybody",
      "the function's URL||https://f.lambda-url.example/|aws",
    ]);
  });
});
