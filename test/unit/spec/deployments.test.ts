import { describe, expect, it } from "vitest";
import type { WrittenEntry } from "../../../src/spec/draft.ts";
import { reasonText } from "../../../src/report/reason.ts";
import { type Built, build, told } from "./building.ts";
import { gatewayTypes, gw } from "./toy-gateway.ts";

const api = gw("Api", { name: "a" });
const stage = (StageName: string, AutoDeploy?: boolean, of = "a"): WrittenEntry =>
  gw("Stage", {
    properties: { StageName, ...(AutoDeploy === undefined ? {} : { AutoDeploy }) },
    dependencies: { api: of },
  });
const deployment = (dependencies: object = {}, properties: object = {}): WrittenEntry =>
  gw("Deployment", { properties, dependencies: { api: "a", ...dependencies } });
const route = gw("Route", {
  properties: { RouteKey: "GET /" },
  dependencies: { api: "a", integration: "i" },
});
const integration = gw("Integration", { name: "i", dependencies: { api: "a" } });
const authorizer = gw("Authorizer", { name: "who", dependencies: { api: "a" } });

const gateway = { registry: gatewayTypes };
const deploymentsOf = ({ resources }: Built) =>
  resources.filter(({ type }) => type === "ApiGatewayV2::Deployment");

describe("deployments", () => {
  it.each<[string, WrittenEntry[], string]>([
    [
      "its stage deploys by itself",
      [deployment({ stage: "a::dev" }), stage("dev", true)],
      "a::dev has AutoDeploy, which makes it",
    ],
    [
      "its stage, by its short name, does",
      [stage("dev", true), deployment({ stage: "dev" })],
      "a::dev has AutoDeploy, which makes it",
    ],
    [
      "all stages of its api do",
      [stage("dev", true), stage("prod", true), deployment()],
      "a::dev, a::prod have AutoDeploy, which makes it",
    ],
    ["it says so", [deployment({}, { AutoDeployed: true })], "AutoDeploy made it"],
    [
      "it says so, and its stage does",
      [deployment({ stage: "dev" }, { AutoDeployed: true }), stage("dev", true)],
      "a::dev has AutoDeploy, which makes it",
    ],
  ])("need nothing when %s", async (_, entries, reason) => {
    const built = await build([api, ...entries], gateway);
    expect(deploymentsOf(built)).toEqual([]);
    const satisfied = built.satisfied.map((one) => ({ ...one, reason: reasonText(one) }));
    expect(satisfied).toEqual([
      {
        key: "ApiGatewayV2::Deployment::deployment::a",
        type: "ApiGatewayV2::Deployment",
        name: "deployment::a",
        reason,
      },
    ]);
  });

  it("are made for a stage without AutoDeploy, at its place, after all that it serves", async () => {
    const built = await build([stage("dev"), api, authorizer, route, integration], gateway);
    expect(built.satisfied).toEqual([]);
    expect(deploymentsOf(built)).toEqual([
      {
        key: "ApiGatewayV2::Deployment::deployment::a",
        type: "ApiGatewayV2::Deployment",
        name: "deployment::a",
        readOnly: false,
        implied: true,
        properties: {},
        dependencies: {
          api: [{ key: "ApiGatewayV2::Api::a" }],
          stage: [{ key: "ApiGatewayV2::Stage::a::dev" }],
        },
        parent: "ApiGatewayV2::Api::a",
        edges: [
          "ApiGatewayV2::Api::a",
          "ApiGatewayV2::Stage::a::dev",
          "ApiGatewayV2::Authorizer::who",
          "ApiGatewayV2::Route::route::a::GET /",
          "ApiGatewayV2::Integration::i",
        ],
        at: { file: "resources.js", line: 1 },
      },
    ]);
    expect(built.resources.at(-1)?.type).toBe("ApiGatewayV2::Deployment");
  });

  it("that are written take the place of implied ones, also without naming the only stage", async () => {
    for (const dependencies of [{ stage: "dev" }, {}]) {
      const [one, ...more] = deploymentsOf(
        await build([api, stage("dev", false), deployment(dependencies)], gateway),
      );
      expect(more).toEqual([]);
      expect(one?.implied).toBeUndefined();
      expect(one?.dependencies.stage).toEqual([{ key: "ApiGatewayV2::Stage::a::dev" }]);
    }
  });

  it("of several stages have the stages' names", async () => {
    const implied = deploymentsOf(
      await build([api, stage("dev"), stage("prod"), stage("auto", true)], gateway),
    );
    expect(implied.map(({ name }) => name)).toEqual(["deployment::a::dev", "deployment::a::prod"]);
    const written = await build([api, stage("dev"), stage("prod"), deployment({ stage: "dev" })], gateway);
    expect(deploymentsOf(written).map(({ name, implied }) => [name, implied ?? false])).toEqual([
      ["deployment::a::dev", false],
      ["deployment::a::prod", true],
    ]);
  });

  it("said to be automatic, of a stage that is not, give way to the implied one", async () => {
    const built = await build(
      [api, stage("dev"), deployment({ stage: "dev" }, { AutoDeployed: true })],
      gateway,
    );
    expect(built.satisfied).toEqual([]);
    expect(deploymentsOf(built).map(({ name, implied }) => [name, implied])).toEqual([
      ["deployment::a", true],
    ]);
  });

  it("are not made for a stage that is only read, or whose api is not there", async () => {
    expect(deploymentsOf(await build([api, { ...stage("dev"), readOnly: true }], gateway))).toEqual([]);
    expect(await told([stage("dev")], gateway)).toEqual([
      'DEPENDENCY_NOT_FOUND at 1: ApiGatewayV2::Stage::a::dev: dependencies.api names "a", but there is no such ApiGatewayV2::Api',
    ]);
  });

  it("are not made for a stage that stays on one of the user's choice", async () => {
    const pinned = gw("Stage", {
      properties: { StageName: "dev", DeploymentId: "abc123" },
      dependencies: { api: "a" },
    });
    expect(deploymentsOf(await build([api, pinned], gateway))).toEqual([]);
  });

  it("that need nothing have their names checked all the same", async () => {
    expect(await told([api, deployment({ stage: "dve" }, { AutoDeployed: true })], gateway)).toEqual([
      'DEPENDENCY_NOT_FOUND at 2: ApiGatewayV2::Deployment::deployment::a: dependencies.stage names "dve", but there is no such ApiGatewayV2::Stage',
    ]);
  });
});
