import { beforeEach, describe, expect, it } from "vitest";
import { diffStates } from "../../../../src/engine/plan/diff.ts";
import { deployment } from "../../../../src/resources/ApiGatewayV2/deployment/deployment.ts";
import { stage } from "../../../../src/resources/ApiGatewayV2/stage/stage.ts";
import type { Live, UpdateContext } from "../../../../src/resources/type.ts";
import type { JsonObject } from "../../../../src/model/values.ts";
import { apply, createWorld, desiredOf, touches } from "../harness.ts";
import { aRoute, type Below, belowApi, make, on } from "./support.ts";
import { apiGateway } from "../../../../src/resources/ApiGatewayV2/service.ts";

interface Case extends Below {
  readonly dev: Live;
}
let here: Case;

beforeEach(async () => {
  const below = await belowApi();
  await aRoute(below);
  here = { ...below, dev: await make(below.world, stage, below.wanted({ StageName: "dev" })) };
});

async function read(): Promise<readonly Live[]> {
  const { aws, stack } = here.world;
  const memo = new Map<string, Promise<unknown>>();
  return deployment.read({
    aws,
    stack,
    lookups: [],
    parents: [here.parent],
    once: <T>(key: string, make: () => Promise<T>): Promise<T> => {
      const made = memo.get(key) ?? make();
      memo.set(key, made);
      return made as Promise<T>;
    },
  });
}

function contextOf(served: string, properties: JsonObject, stageLive: Live): UpdateContext {
  const { world, parent, wanted } = here;
  const desired = {
    ...desiredOf(deployment, wanted(properties, { stage: on(stageLive) }), world.stack),
    served,
  };
  const state = deployment.desiredState(desired);
  const { aws, stack } = world;
  const code = async (): Promise<Uint8Array> => new Uint8Array();
  return { aws, stack, desired, state, parent, code, live: parent, changes: [], changed: () => false };
}

/** Brings the deployment to its state as the engine would. Names of the calls. */
async function bring(served: string, properties: JsonObject = {}, stageLive = here.dev): Promise<string[]> {
  const context = contextOf(served, properties, stageLive);
  const live = (await read()).find((one) => one.state.StageName === stageLive.id);
  here.world.fake.resetCalls();
  const changes = diffStates(deployment, live?.state ?? {}, context.state);
  const made =
    live === undefined
      ? await deployment.create(context)
      : changes.length > 0
        ? await deployment.update({ ...context, live, changes, changed: touches(changes) })
        : live;
  const calls = here.world.fake.calls.map(({ operation }) => operation);
  const after = (await read()).find((one) => one.state.StageName === stageLive.id);
  expect(diffStates(deployment, after?.state ?? {}, context.state)).toEqual([]);
  expect({ ...after, attributes: {}, name: "" }).toEqual({ ...made, attributes: {}, name: "" });
  return calls;
}

const deployments = async (): Promise<(string | undefined)[]> => {
  const client = await here.world.aws.client(apiGateway);
  const { Items } = await client.getDeployments({ ApiId: here.parent.id });
  return (Items ?? []).map(({ DeploymentId }) => DeploymentId);
};
const stageNow = async (StageName = "dev") =>
  (await here.world.aws.client(apiGateway)).getStage({ ApiId: here.parent.id, StageName });

const DEPLOY = ["GetStage", "TagResource", "CreateDeployment", "TagResource"];

describe("Deployment, life", () => {
  it("is made, made anew when what is served changes, and not otherwise", async () => {
    expect(await bring("d1")).toEqual(DEPLOY);
    const [first] = await deployments();
    expect(await bring("d1")).toEqual([]);
    expect(await bring("d2")).toEqual([
      "GetStage",
      "TagResource",
      "CreateDeployment",
      "DeleteDeployment",
      "TagResource",
    ]);
    const all = await deployments();
    expect([all.length, all.includes(first)]).toEqual([1, false]);
    expect((await stageNow()).Tags?.["gc-deployment"]).toBe(`${all[0]}:d2`);
  });

  it("changes its description in place", async () => {
    await bring("d1", { Description: "one" });
    const before = await deployments();
    expect(await bring("d1", { Description: "two" })).toEqual(["UpdateDeployment"]);
    expect(await bring("d1", {})).toEqual(["UpdateDeployment"]);
    expect(await deployments()).toEqual(before);
  });

  it("waits for one that is PENDING", async () => {
    const world = createWorld({ consistency: { deploymentDone: 3 } });
    const below = await belowApi({ Name: "my-api", ProtocolType: "HTTP" }, world);
    await aRoute(below);
    here = { ...below, dev: await make(world, stage, below.wanted({ StageName: "dev" })) };
    const calls = await bring("d1");
    expect(calls.filter((name) => name === "GetDeployment").length).toBeGreaterThan(1);
  });

  it("deploys again after somebody else did, and leaves theirs", async () => {
    await bring("d1");
    const client = await here.world.aws.client(apiGateway);
    const theirs = await client.createDeployment({ ApiId: here.parent.id, StageName: "dev" });
    expect((await read()).map(({ state }) => state.Served)).toEqual([""]);
    await bring("d1");
    const all = await deployments();
    expect([all.length, all.includes(theirs.DeploymentId)]).toEqual([2, true]);
  });

  it("asks for the deployments only where one of ours may be", async () => {
    here.world.fake.resetCalls();
    await read();
    expect(here.world.fake.calls.map(({ operation }) => operation)).toEqual(["GetStages"]);
  });

  it("is another while its stage is to be made anew", () => {
    const context = contextOf("d1", {}, here.dev);
    const unknown = { ...on(here.dev), id: { $unknown: "the stage" } };
    const desired = { ...context.desired, dependency: () => unknown };
    expect(deployment.desiredState(desired)).toEqual({ StageName: "dev", Served: { $unknown: "the stage" } });
  });

  it("is replaced together with its stage, and the old one's end leaves the new one's mark", async () => {
    await bring("d1");
    const [live] = await read();
    if (live === undefined) throw new Error("no deployment");
    const unknown = { $unknown: "ApiGatewayV2::Stage::my-api::dev id" };
    const change = { path: "Served", replaces: false, sensitive: false };
    expect(deployment.replaces?.(change, live.state, { Served: unknown })).toBe(true);
    expect(deployment.replaces?.(change, live.state, { Served: "d2" })).toBeUndefined();
    await stage.delete({ ...here.world, live: here.dev });
    here = { ...here, dev: await make(here.world, stage, here.wanted({ StageName: "dev" })) };
    await deployment.create(contextOf("d1", {}, here.dev));
    await deployment.delete({ ...here.world, live });
    expect(await deployments()).toHaveLength(1);
    expect(await bring("d1")).toEqual([]);
  });
});

describe("Deployment, runs that die", () => {
  const kinds = ["cut", "cut-after"] as const;
  const cases = ["TagResource", "CreateDeployment", "DeleteDeployment"].flatMap((operation) =>
    kinds.flatMap((kind) => [0, 1].map((skip) => ({ operation, kind, skip }))),
  );

  it.each(cases)(
    "%j: the next run converges and leaves one deployment",
    async ({ operation, kind, skip }) => {
      await bring("d1");
      const fault = here.world.fake.faults.inject({ operation, kind, skip, times: 1 });
      await bring("d2").catch(() => "died");
      here.world.fake.faults.clear();
      await bring("d2");
      const all = await deployments();
      expect({ hits: fault.hits, all }).toEqual({ hits: fault.hits, all: [(await stageNow()).DeploymentId] });
      expect(await bring("d2")).toEqual([]);
    },
  );

  it.each(kinds)("the very first, %s in CreateDeployment", async (kind) => {
    here.world.fake.faults.inject({ operation: "CreateDeployment", kind });
    await bring("d1").catch(() => "died");
    await bring("d1");
    expect(await deployments()).toHaveLength(1);
  });
});

describe("Deployment, several stages", () => {
  it("each has its own, told apart by name and paired by stage", async () => {
    const prod = await make(here.world, stage, here.wanted({ StageName: "prod" }));
    await bring("d1");
    await bring("d1", {}, prod);
    const lives = await read();
    expect(lives.map(({ name }) => name).sort()).toEqual([
      "deployment::my-api::dev",
      "deployment::my-api::prod",
    ]);
    const wanted = { name: "deployment::my-api", state: { StageName: "dev", Served: "x" } };
    expect(deployment.pair?.([wanted], lives).get(wanted)?.state.StageName).toBe("dev");
    await bring("d2");
    expect(await deployments()).toHaveLength(2);
  });

  it("one that another stage is on stays", async () => {
    await bring("d1");
    const [first] = await deployments();
    const client = await here.world.aws.client(apiGateway);
    await client.createStage({ ApiId: here.parent.id, StageName: "pinned", DeploymentId: first });
    await bring("d2");
    expect(await deployments()).toContain(first);
  });
});

describe("Deployment and AutoDeploy", () => {
  const setAutoDeploy = async (AutoDeploy: boolean): Promise<void> => {
    await (await here.world.aws.client(apiGateway)).updateStage({
      ApiId: here.parent.id,
      StageName: "dev",
      AutoDeploy,
    });
  };
  const removeLive = async (live: Live | undefined): Promise<void> => {
    if (live === undefined) throw new Error("no deployment");
    await deployment.delete({ ...here.world, live });
  };

  it("goes when AutoDeploy comes, whichever comes first; back again one of ours is made", async () => {
    for (const order of ["deployment first", "stage first"]) {
      await bring("d1");
      const [live] = await read();
      if (order === "deployment first") await removeLive(live);
      await setAutoDeploy(true);
      if (order === "stage first") await removeLive(live);
      expect(await read()).toEqual([]);
      await setAutoDeploy(false);
    }
    await bring("d2");
    expect((await stageNow()).Tags?.["gc-deployment"]).toMatch(/:d2$/);
  });

  it("goes after its stage", async () => {
    await bring("d1");
    const [live] = await read();
    await stage.delete({ ...here.world, live: here.dev });
    await removeLive(live);
    expect(await deployments()).toEqual([]);
    await removeLive(live);
  });

  it("a stage with AutoDeploy takes along what was deployed by hand before", async () => {
    await bring("d1");
    const by = await deployments();
    const { live } = await apply(here.world, stage, here.wanted({ StageName: "dev", AutoDeploy: true }));
    await stage.delete({ ...here.world, live });
    expect((await deployments()).filter((id) => by.includes(id))).toEqual([]);
  });
});

describe("Deployment, in the spec", () => {
  it("knows its stage by property or by dependency", () => {
    const entry = deployment.canonical({
      properties: { StageName: "dev" },
      dependencies: { api: ["my-api"] },
    });
    expect(entry.dependencies.stage).toEqual(["my-api::dev"]);
    expect(deployment.name({ ...entry, name: "mine" })).toBe("deployment::my-api");
    expect(deployment.aliases?.({ ...entry, name: "mine" })).toEqual(["mine"]);
  });

  it("must be for a stage", () => {
    const context = contextOf("d1", {}, here.dev);
    const desired = { ...context.desired, dependency: () => undefined };
    expect(() => deployment.desiredState(desired)).toThrow(
      expect.objectContaining({ code: "DEPENDENCY_MISSING" }),
    );
  });

  it("accepts what generated specs say", () => {
    expect(deployment.schema.safeParse({ AutoDeployed: true, Description: "x" }).success).toBe(true);
    expect(deployment.schema.safeParse({ Deployed: true }).success).toBe(false);
  });
});
