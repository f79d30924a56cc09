import { describe, expect, it } from "vitest";
import { suspectsOf } from "../../../../src/engine/trail/suspects.ts";
import type { Change } from "../../../../src/model/plan.ts";
import { aChange, aProperty, set } from "../../../fixtures/plans.ts";

const API = aChange("no-op", "ApiGatewayV2::Api", "my-api", { id: "7a38wlw431" });
const ROUTE = "route::my-api::GET /hello";
const NOBODY = new Map<string, string>();
const described = [aProperty("Description", "a", "b")];
const lookupsOf = (change: Change, known = NOBODY) =>
  suspectsOf([API, change], known).map(({ lookups }) =>
    lookups.map(({ region, by, value }) => `${region} ${by} ${value}`),
  );

describe("what CloudTrail is asked about a resource that differs", () => {
  it("of an API: the calls that make such a difference, to be told apart by its ids", () => {
    const update = aChange("update", "ApiGatewayV2::Route", ROUTE, { id: "r4m9t2k", properties: described });
    expect(suspectsOf([API, update], NOBODY)).toMatchObject([
      { key: update.key, source: "apigateway.", names: ["r4m9t2k"], within: ["7a38wlw431"] },
    ]);
    expect(lookupsOf(update)).toEqual([
      ["regional EventName UpdateRoute", "regional EventName DeleteRouteRequestParameter"],
    ]);
    const extra = aChange("delete", "ApiGatewayV2::Route", ROUTE, { id: "r4m9t2k" });
    expect(lookupsOf(extra)).toEqual([["regional EventName CreateRoute"]]);
  });

  it.each([
    ["tags", [aProperty("Tags.team", "a", "b")], ["TagResource", "UntagResource"]],
    ["a property", described, ["UpdateApi", "DeleteCorsConfiguration"]],
  ])("of an API whose difference is in %s", (_, properties, calls) => {
    const change = aChange("update", "ApiGatewayV2::Api", "my-api", { id: "7a38wlw431", properties });
    const [suspect] = suspectsOf([change], NOBODY);
    expect(suspect?.lookups.map(({ value }) => value)).toEqual(calls);
    expect(suspect?.within).toEqual([]);
  });

  it("of what is missing in an API only when its id is known from the last apply", () => {
    const missing = aChange("create", "ApiGatewayV2::Route", ROUTE);
    expect(lookupsOf(missing)).toEqual([]);
    expect(lookupsOf(missing, new Map([[missing.key, "r4m9t2k"]]))).toEqual([
      ["regional EventName DeleteRoute"],
    ]);
  });

  it("of other services: the events that name it, in the region where its service tells them", () => {
    const lambda = aChange("update", "Lambda::Function", "orders", {
      id: "arn:aws:lambda:eu-west-2:123456789012:function:orders-dev",
      properties: described,
    });
    expect(lookupsOf(lambda)).toEqual([
      [
        "regional ResourceName orders-dev",
        "regional ResourceName arn:aws:lambda:eu-west-2:123456789012:function:orders-dev",
      ],
    ]);
    const role = aChange("create", "IAM::Role", "r", { properties: set({ RoleName: "r-dev" }) });
    expect(lookupsOf(role)).toEqual([["global ResourceName r-dev"]]);
    const gone = aChange("create", "IAM::Role", "r", { properties: described });
    expect(lookupsOf(gone)).toEqual([["global ResourceName r"]]);
  });

  it("is nothing of what only follows from something else", () => {
    const more = { id: "x", properties: described };
    const following = [
      aChange("no-op", "SQS::Queue", "same", { id: "same" }),
      aChange("replace", "ApiGatewayV2::Deployment", "deployment::my-api", { ...more, redeploy: true }),
      aChange("delete", "ApiGatewayV2::Route", ROUTE, { id: "r", withParent: true }),
      aChange("replace", "ApiGatewayV2::Route", ROUTE, {
        id: "r",
        reason: { kind: "parent-replaced", key: API.key },
      }),
    ];
    expect(suspectsOf([API, ...following], NOBODY)).toEqual([]);
  });
});
