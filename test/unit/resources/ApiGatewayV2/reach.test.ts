/** APIs that nobody can call, routes that lead nowhere, and what anybody may call. */
import { describe, expect, it } from "vitest";
import type { WrittenEntry } from "../../../../src/spec/draft.ts";
import { resourceTypes } from "../../../../src/resources/registry.ts";
import { build } from "../../spec/building.ts";
import { api, gw, warningsOf } from "../judged.ts";

const stage = gw("Stage", { StageName: "dev", AutoDeploy: true });
const route = (RouteKey: string, more: object = {}): WrittenEntry =>
  gw("Route", { RouteKey, Target: "integrations/abc123", ...more });

const codes = async (...entries: WrittenEntry[]): Promise<readonly string[]> =>
  (await warningsOf(...entries)).map((text) => text.replace(/:.*/s, ""));

describe("a warning says", () => {
  it("that an API has neither a stage nor a route", async () => {
    expect(await codes(api("HTTP"))).toEqual(["API_WITHOUT_STAGE", "API_WITHOUT_ROUTES"]);
    expect(await codes(api("HTTP"), stage, route("GET /a"))).toEqual([]);
  });

  it("nothing of somebody else's API and routes", async () => {
    expect(await codes({ ...api("HTTP"), readOnly: true })).toEqual([]);
    const alone = { ...gw("Route", { RouteKey: "GET /a" }), readOnly: true };
    expect(await codes(api("HTTP"), stage, alone)).toEqual([]);
  });

  it("that a route has no integration", async () => {
    const alone = gw("Route", { RouteKey: "GET /a" });
    expect(await codes(api("HTTP"), stage, alone)).toEqual(["ROUTE_WITHOUT_TARGET"]);
  });

  it("that a two-way route has no response", async () => {
    const expects = route("say", { RouteResponseSelectionExpression: "$default" });
    expect(await codes(api("WEBSOCKET"), stage, expects)).toEqual(["ROUTE_WITHOUT_RESPONSE"]);
    expect(await codes(api("WEBSOCKET"), stage, route("say"))).toEqual([]);
  });
});

describe("anybody may call", () => {
  const open = async (...entries: WrittenEntry[]): Promise<readonly string[]> =>
    (await build(entries, { registry: resourceTypes })).open.map(({ what }) => what);

  it("routes without authorization", async () => {
    const entries = [api("HTTP"), stage, route("GET /a"), route("POST /b", { AuthorizationType: "AWS_IAM" })];
    expect(await open(...entries)).toEqual(["GET /a"]);
  });

  it("a WEBSOCKET API, unless $connect asks who it is", async () => {
    const name = "connections to a";
    expect(await open(api("WEBSOCKET"), stage, route("say"))).toEqual([name]);
    expect(await open(api("WEBSOCKET"), stage, route("$connect"))).toEqual([name]);
    expect(await open(api("WEBSOCKET"), stage, route("$connect", { AuthorizationType: "AWS_IAM" }))).toEqual(
      [],
    );
  });
});
