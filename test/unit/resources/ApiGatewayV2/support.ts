/** A live Api and what depends on it, for the types below it. */
import { api } from "../../../../src/resources/ApiGatewayV2/api/api.ts";
import { integration } from "../../../../src/resources/ApiGatewayV2/integration/integration.ts";
import { route } from "../../../../src/resources/ApiGatewayV2/route/route.ts";
import type { Live, ResolvedDependency, ResourceType } from "../../../../src/resources/type.ts";
import type { JsonObject } from "../../../../src/model/values.ts";
import { apply, createWorld, desiredOf, dependency, type Wanted, type World } from "../harness.ts";

export const FUNCTION_ARN = "arn:aws:lambda:us-east-1:123456789012:function:my-function";
export const ROLE_ARN = "arn:aws:iam::123456789012:role/caller";

export const aFunction = dependency("Lambda::Function", "my-function", { FunctionArn: FUNCTION_ARN });
export const aRole = dependency("IAM::Role", "caller", { Arn: ROLE_ARN });

/** A dependency on what is live. */
export function on(live: Live): ResolvedDependency {
  const { type, name, id, state } = live;
  return {
    type,
    name,
    id,
    properties: state,
    attribute: (key) => String(live.attributes[key]),
  };
}

export const HTTP = { Name: "my-api", ProtocolType: "HTTP" };
export const WEBSOCKET = {
  Name: "my-api",
  ProtocolType: "WEBSOCKET",
  RouteSelectionExpression: "$request.body.action",
};

export interface Below {
  readonly world: World;
  readonly parent: Live;
  /** What is wanted of a child of the Api. */
  wanted(properties: JsonObject, dependencies?: Record<string, ResolvedDependency>): Wanted;
}

export async function belowApi(properties: JsonObject = HTTP, world: World = createWorld()): Promise<Below> {
  const { live } = await apply(world, api, { properties });
  return {
    world,
    parent: live,
    wanted: (given, dependencies = {}) => ({
      properties: given,
      parent: live,
      dependencies: {
        api: [on(live)],
        ...Object.fromEntries(Object.entries(dependencies).map(([key, one]) => [key, [one]])),
      },
    }),
  };
}

/** Creates without looking first: for what has siblings. */
export async function make(world: World, type: ResourceType, wanted: Wanted): Promise<Live> {
  const desired = desiredOf(type, wanted, world.stack);
  return type.create({
    aws: world.aws,
    stack: world.stack,
    state: type.desiredState(desired),
    desired,
    parent: wanted.parent,
    code: async () => new Uint8Array(),
  });
}

/** An integration that a route can lead to. */
export function aTarget({ world, wanted }: Below, uri = "https://example.com/"): Promise<Live> {
  return make(world, integration, wanted({ IntegrationType: "HTTP_PROXY", IntegrationUri: uri }));
}

export async function aRoute(below: Below, RouteKey = "GET /"): Promise<Live> {
  const { world, wanted } = below;
  return make(world, route, wanted({ RouteKey }, { integration: on(await aTarget(below)) }));
}
