/** Responses below integrations and routes: served like what they are below, and only by WEBSOCKET APIs. */
import { expect, it } from "vitest";
import type { JsonObject } from "../../../../src/model/values.ts";
import { changesOf, engineOnFake, failuresOf } from "../../../integration/harness.ts";
import { type RandomEntry, specText } from "../../../integration/random-stack.ts";
import { entry, httpApi, socketApi } from "../../../type-examples/beside.ts";

const spec = (...entries: RandomEntry[]) => ({ "resources.js": specText({ entries, files: {} }) });
const http = { IntegrationType: "HTTP", IntegrationMethod: "POST", IntegrationUri: "https://a.example" };
const backend = entry("ApiGatewayV2", "Integration", http, { api: "shop" }, "backend");
const route = entry(
  "ApiGatewayV2",
  "Route",
  { RouteKey: "order", RouteResponseSelectionExpression: "$default" },
  { api: "shop", integration: "backend" },
);
const stage = entry("ApiGatewayV2", "Stage", { StageName: "dev" }, { api: "shop" });
const answer = (more: JsonObject = {}) =>
  entry(
    "ApiGatewayV2",
    "IntegrationResponse",
    { IntegrationResponseKey: "$default", ...more },
    { integration: "backend" },
  );
const back = entry(
  "ApiGatewayV2",
  "RouteResponse",
  { RouteResponseKey: "$default" },
  { route: "route::shop::order" },
);

it("a stage that does not deploy by itself gets a new deployment when a response below it changes or goes", async () => {
  const { engine, callsOf } = engineOnFake();
  const steps = [
    spec(socketApi, backend, route, stage, back, answer()),
    spec(socketApi, backend, route, stage, back, answer({ ResponseTemplates: { json: "$input.body" } })),
    spec(socketApi, backend, route, stage, answer({ ResponseTemplates: { json: "$input.body" } })),
  ];
  for (const [before, step] of steps.entries()) {
    expect(failuresOf(await engine.apply(step))).toEqual([]);
    expect(callsOf("CreateDeployment").length).toBe(before + 1);
    expect(changesOf(await engine.plan(step))).toEqual([]);
  }
});

it("a response below an HTTP API is refused by the plan", async () => {
  const { engine } = engineOnFake();
  const proxy = entry(
    "ApiGatewayV2",
    "Integration",
    { ...http, IntegrationType: "HTTP_PROXY", PayloadFormatVersion: "1.0" },
    { api: "shop" },
    "backend",
  );
  await expect(engine.plan(spec(httpApi, proxy, answer()))).rejects.toThrow(/only WEBSOCKET APIs/);
});

it("asks nothing more of an HTTP API: a plan's calls do not grow", async () => {
  const { engine, callsOf } = engineOnFake();
  const proxy = entry(
    "ApiGatewayV2",
    "Integration",
    { ...http, IntegrationType: "HTTP_PROXY", PayloadFormatVersion: "1.0" },
    { api: "shop" },
  );
  await engine.apply(spec(httpApi, proxy));
  expect([...callsOf("GetIntegrationResponses"), ...callsOf("GetRouteResponses")]).toEqual([]);
});
