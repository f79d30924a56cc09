/** The gateway's types as far as rules of the loader look at them: names, dependencies, the properties they read. */
import { properties } from "../../../src/resources/schema.ts";
import * as z from "zod";
import { nameFrom, propertyName } from "../../../src/resources/naming.ts";
import type { ResourceType } from "../../../src/resources/type.ts";
import type { DependencyKey, Entry } from "../../../src/spec/type-rules.ts";
import { resourceTypes } from "../../../src/resources/registry.ts";
import { toys } from "./toy-types.ts";

const [base] = toys.values();
if (base === undefined) throw new Error("there is no toy to begin with");

const api: DependencyKey = { type: "ApiGatewayV2::Api", parent: true, required: true };
const fn: DependencyKey = { type: "Lambda::Function" };

function gateway(
  type: string,
  dependencies: Record<string, DependencyKey>,
  name: (entry: Entry) => string,
  more: Partial<ResourceType> = {},
): ResourceType {
  const { canonical: _canonical, ...rest } = base as ResourceType;
  const schema = properties({}).catchall(z.json());
  // The rules among resources are the real types' own.
  const { quotas = [], inspect, arrange, serves } = resourceTypes.get(type) ?? {};
  const rules = {
    quotas,
    ...(inspect === undefined ? {} : { inspect }),
    ...(arrange === undefined ? {} : { arrange }),
    ...(serves === undefined ? {} : { serves }),
  };
  return {
    ...rest,
    type,
    dependencies,
    schema,
    name,
    canonical: (entry) => entry,
    sensitive: [],
    ...rules,
    ...more,
  };
}

const named = { canonical: (entry: Entry) => nameFrom("Name", entry) };

export const gatewayTypes: ReadonlyMap<string, ResourceType> = new Map(
  [
    gateway("ApiGatewayV2::Api", {}, (entry) => propertyName("Name", entry), named),
    gateway(
      "ApiGatewayV2::Integration",
      { api, lambdaFunction: fn, role: { type: "IAM::Role", acceptsArn: true } },
      (entry) =>
        entry.name ??
        `integration::${entry.dependencies.api?.[0]}::${entry.dependencies.lambdaFunction?.[0]}`,
    ),
    gateway(
      "ApiGatewayV2::Route",
      { api, integration: { type: "ApiGatewayV2::Integration" } },
      (entry) => `route::${entry.dependencies.api?.[0]}::${String(entry.properties.RouteKey)}`,
    ),
    gateway(
      "ApiGatewayV2::Authorizer",
      { api, lambdaFunction: fn, role: { type: "IAM::Role", acceptsArn: true } },
      (entry) => propertyName("Name", entry),
      named,
    ),
    gateway(
      "ApiGatewayV2::Stage",
      { api },
      (entry) => `${entry.dependencies.api?.[0]}::${String(entry.properties.StageName)}`,
      { aliases: (entry) => [String(entry.properties.StageName)] },
    ),
    gateway(
      "ApiGatewayV2::Deployment",
      { api, stage: { type: "ApiGatewayV2::Stage" } },
      (entry) => `deployment::${entry.dependencies.api?.[0]}`,
      {},
    ),
    gateway("Lambda::Function", {}, (entry) => propertyName("Name", entry), {
      ...named,
      companions: ({ properties: { Public }, name }) =>
        Public === undefined
          ? []
          : [
              {
                type: "Lambda::Permission",
                entry: {
                  name,
                  properties: { FunctionPermissions: Public },
                  dependencies: { lambdaFunction: [name ?? ""] },
                },
              },
            ],
    }),
    gateway(
      "Lambda::Permission",
      {
        lambdaFunction: { ...fn, parent: true },
        apiGatewayV2Apis: { type: "ApiGatewayV2::Api", list: true },
      },
      (entry) => entry.dependencies.lambdaFunction?.[0] ?? "",
    ),
  ].map((type) => [type.type, type]),
);

/** An entry of `ApiGatewayV2`. */
export function gw(type: string, written: object): object {
  return { type, group: "ApiGatewayV2", ...written };
}

export function lambda(type: string, written: object): object {
  return { type, group: "Lambda", ...written };
}
