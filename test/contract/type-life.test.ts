/**
 * Every resource type through its life: nothing → full → minimal → full → every single property changed and back, taken
 * away and back → nothing. After each step nothing is left to do, and what the plan said is what AWS has.
 */
import { describe, expect, it, vi } from "vitest";
import { connectAws } from "../../src/aws/connect.ts";
import { applyStack } from "../../src/engine/apply-stack.ts";
import { planStack } from "../../src/engine/plan-stack.ts";
import type { Planning } from "../../src/engine/plan/planning.ts";
import { resourceTypes } from "../../src/resources/registry.ts";
import type { SpecSource } from "../../src/source/source.ts";
import { createFakeAws } from "../fakes/aws/fake-aws.ts";
import { createFakeClock } from "../fakes/clock.ts";
import { apis } from "../fixtures/type-life/api-gateway.ts";
import { iamAndLogs } from "../fixtures/type-life/iam-and-logs.ts";
import { integrations } from "../fixtures/type-life/integrations.ts";
import { lambda } from "../fixtures/type-life/lambda.ts";
import { type Life, specOf } from "../fixtures/type-life/life.ts";
import { models } from "../fixtures/type-life/models.ts";
import { vpcLinks } from "../fixtures/type-life/vpc-links.ts";
import { changesOf, failuresOf, memorySource, unlike } from "../integration/harness.ts";
import { specText } from "../integration/random-stack.ts";
import { isCovered, propertyPaths, withProperty } from "./type-life-paths.ts";

vi.mock("../../src/spec/sandbox/host/evaluate.ts", async (original) =>
  (await import("../integration/remember.ts")).remembering(await original()),
);

const lives: readonly Life[] = [...apis, ...integrations, ...models, ...vpcLinks, ...lambda, ...iamAndLogs];

/** Properties that no life has, and why. */
const NOT_LIVED: Readonly<Record<string, string>> = {
  "ApiGatewayV2::Integration IntegrationResponseSelectionExpression": "accepted and not sent",
  "ApiGatewayV2::Route Target": "the dependency integration; an id is not known before it is there",
  "ApiGatewayV2::Route AuthorizerId": "the dependency authorizer; an id is not known before it is there",
  "ApiGatewayV2::Stage DeploymentId": "an id is not known before it is there: api-gateway-edits.test.ts",
  "ApiGatewayV2::Deployment AutoDeployed": "accepted and not sent",
  "ApiGatewayV2::Authorizer AuthorizerUri": "the dependency lambdaFunction: Authorizer.test.ts",
  "ApiGatewayV2::Authorizer IdentityValidationExpression": "taken by AWS and not used",
  "Lambda::Function Code.ZipFile": "a package as text: Function.test.ts",
  "Lambda::Function Code.S3ObjectStorageMode": "never answered: Function.test.ts",
  "Lambda::Function TenancyConfig": "settable at creation only: Function.test.ts",
  "Lambda::Function CapacityProviderConfig": "excludes most others: Function.test.ts",
  "Lambda::Function DurableConfig": "excludes others: Function.test.ts",
  "Lambda::Function Publish": "never compared",
  "Lambda::Function PublishTo": "never compared",
  "Lambda::Function Policy": "becomes a Lambda::Permission: companions.test.ts",
  "Lambda::Permission FunctionPermissions": "filled in by the loader",
};

/** Properties that no life changes to another value, and why. */
const NOT_CHANGED: Readonly<Record<string, string>> = {
  "ApiGatewayV2::Api ProtocolType": "everything inside changes with it: api-gateway-edits.test.ts",
  "ApiGatewayV2::Route RouteResponseSelectionExpression": "$default is its only value",
  "ApiGatewayV2::Deployment StageName": "its stage would be another: api-gateway-edits.test.ts",
  "ApiGatewayV2::Authorizer AuthorizerType": "most others change with it: api-gateway-edits.test.ts",
  "ApiGatewayV2::Integration ConnectionType": "a link comes or goes with it: api-gateway-edits.test.ts",
  "Lambda::Function PackageType": "AWS takes no other for a function that is there: Function.test.ts",
};

const NOTHING = specText({ entries: [], files: {} });
const ENDS = ["without it", "nothing"];

/** An account in which one life is lived. */
function stage(life: Life) {
  const fake = createFakeAws({ consistency: { functionActive: 1, functionUpdate: 1 } });
  const clock = createFakeClock();
  const connect = () =>
    connectAws({ ...connection(fake), clock, budget: async () => {}, attempts: 2, backoffMs: 1 });
  const sources = new Map<string, SpecSource>();
  const sourceOf = (spec: string): SpecSource => {
    const source = sources.get(spec) ?? memorySource({ "resources.js": spec, ...life.files });
    sources.set(spec, source);
    return source;
  };
  const stackOf = (spec: string) => ({
    source: sourceOf(spec),
    directory: ".",
    stage: "dev",
    region: "us-east-1",
    projectName: "life",
  });
  let before = NOTHING;
  /** One step of a life: its plan, carried out, with nothing left to do. Roles that left are found by the spec before. */
  const step = async (what: string, spec: string): Promise<Planning> => {
    // Nothing else tells a role that left, nor a policy that no role has. It costs an evaluation: only where it is needed.
    const needsBase = life.type.startsWith("IAM::") || ENDS.includes(what);
    const stack = { ...stackOf(spec), base: needsBase ? stackOf(before).source : undefined };
    before = spec;
    let planned: Planning | undefined;
    const onPlan = (planning: Planning): void => {
      planned = planning;
    };
    const result = await applyStack(stack, connect(), { onPlan });
    expect(failuresOf(result), what).toEqual([]);
    const after = await planStack(stack, connect());
    expect(changesOf(after.plan), `${what}: left to do`).toEqual([]);
    if (planned === undefined) throw new Error(`${what}: not planned`);
    expect(unlike(planned, after), `${what}: planned and read back`).toEqual([]);
    return planned;
  };
  return { fake, step };
}

function connection(fake: ReturnType<typeof createFakeAws>) {
  const config = fake.clientConfig();
  return { region: config.region, clientConfig: config };
}

/** Whether a plan changes this property of a resource of the type, or makes the resource anew. */
function shows({ plan }: Planning, type: string, path: string): boolean {
  return plan.changes.some(
    (change) =>
      change.type === type &&
      (change.action === "create" ||
        (change.action !== "no-op" && change.properties.some((property) => property.path.startsWith(path)))),
  );
}

describe("the life of every type", () => {
  it.each(lives.map((life) => [`${life.type} as ${life.as}`, life] as const))(
    "%s",
    async (_what, life) => {
      const { full, minimal, changed, needed = [], unseen = {}, shownAs = {} } = life;
      const { fake, step } = stage(life);
      await step("full", specOf(life, full));
      await step("minimal", specOf(life, minimal));
      await step("full again", specOf(life, full));
      for (const path of propertyPaths(life)) {
        const value = changed[path];
        const away = needed.includes(path) ? [] : [[`${path} taken away`, withProperty(full, path)] as const];
        const other =
          value === undefined ? [] : [[`${path} changed`, withProperty(full, path, value)] as const];
        for (const [what, properties] of [...other, ...away]) {
          const planned = await step(what, specOf(life, properties));
          if (path in unseen) expect(changesOf(planned.plan), `${what}: unseen`).toEqual([]);
          else if (what.endsWith("changed"))
            expect(shows(planned, life.type, shownAs[path] ?? path), `${what}: shown`).toBe(true);
          await step(`${what}, back`, specOf(life, full));
        }
      }
      await step("without it", specOf(life, undefined));
      await step("nothing", NOTHING);
      const { apis, functions, roles, policies, logGroups } = fake.state;
      const left = [apis, functions, roles, policies, logGroups].flatMap((kind) => [...kind.keys()]);
      expect(left.filter((key) => !key.startsWith("arn:aws:iam::aws:"))).toEqual([]);
    },
    300_000,
  );

  it("every property of every type is lived, or it is said why not", () => {
    const missing = [...resourceTypes.values()].flatMap((type) => {
      const own = lives.filter((life) => life.type === type.type);
      return propertyPaths({ type: type.type })
        .filter((path) => !own.some((life) => isCovered(life.full, path)))
        .map((path) => `${type.type} ${path}`);
    });
    const excused = (line: string): boolean =>
      Object.keys(NOT_LIVED).some((listed) => line === listed || line.startsWith(`${listed}.`));
    expect(missing.filter((line) => !excused(line))).toEqual([]);
    for (const listed of Object.keys(NOT_LIVED))
      expect(
        missing.some((line) => line === listed || line.startsWith(`${listed}.`)),
        listed,
      ).toBe(true);
  });

  it("every property of every type is changed to another value, or it is said why not", () => {
    const within = (one: string, other: string): boolean => one === other || one.startsWith(`${other}.`);
    const same = [...resourceTypes.keys()].flatMap((type) => {
      const own = lives.filter((life) => life.type === type);
      const values = own.flatMap(({ changed }) => Object.keys(changed));
      const paths = new Set(own.flatMap((life) => propertyPaths(life)));
      return [...paths]
        .filter((path) => !values.some((value) => within(value, path) || within(path, value)))
        .map((path) => `${type} ${path}`);
    });
    expect(same.toSorted()).toEqual(Object.keys(NOT_CHANGED).toSorted());
  });

  it("every property of a life is changed, taken away, or neither for a reason", () => {
    for (const life of lives) {
      const paths = propertyPaths(life);
      const named = [...Object.keys(life.changed), ...(life.needed ?? []), ...Object.keys(life.unseen ?? {})];
      expect(
        named.filter((path) => !paths.includes(path)),
        `${life.type} as ${life.as}`,
      ).toEqual([]);
    }
  });
});
