/** Settings of routes that a stage names, through the engine. */
import { expect, it } from "vitest";
import { engineOnFake } from "../../../integration/harness.ts";
import { specText } from "../../../integration/random-stack.ts";
import { entry } from "../../../type-examples/beside.ts";

const CODE = "ROUTE_SETTINGS_WITHOUT_ROUTE";
const spec = (...keys: readonly string[]) => ({
  "resources.js": specText({
    entries: [
      entry("ApiGatewayV2", "Api", { Name: "shop", ProtocolType: "HTTP" }),
      entry(
        "ApiGatewayV2",
        "Integration",
        { IntegrationType: "HTTP_PROXY", IntegrationMethod: "GET", IntegrationUri: "https://example.com" },
        { api: "shop" },
      ),
      ...keys.map((RouteKey) =>
        entry(
          "ApiGatewayV2",
          "Route",
          { RouteKey },
          { api: "shop", integration: "integration::shop::https://example.com" },
        ),
      ),
      entry(
        "ApiGatewayV2",
        "Stage",
        { StageName: "$default", AutoDeploy: true, RouteSettings: { "GET /a": { ThrottlingRateLimit: 5 } } },
        { api: "shop" },
      ),
    ],
    files: {},
  }),
});

it("settings of a route that the spec does not have are a warning that names it", async () => {
  const { engine } = engineOnFake();
  const { problems } = await engine.plan(spec("GET /b"));
  expect(problems.filter(({ code }) => code === CODE)).toMatchObject([
    { severity: "warning", message: expect.stringContaining('the spec has no route "GET /a"') },
  ]);
  expect((await engine.plan(spec("GET /a", "GET /b"))).problems).toEqual([]);
});
