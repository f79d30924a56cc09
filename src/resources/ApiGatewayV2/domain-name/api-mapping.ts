/** API mappings. Facts: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-mappings.html */
import { sdkInput } from "../../../aws/sdk-input.ts";
import { isEmpty, type JsonObject } from "../../../model/values.ts";
import type { Entry, Finding, Linked, LinkedSpec } from "../../../spec/type-rules.ts";
import { defineType } from "../../define.ts";
import { optional } from "../../facts.ts";
import { refused } from "../../findings.ts";
import { textOf } from "../../live-values.ts";
import { limitedText, patternText, properties, text } from "../../schema.ts";
import type { Live } from "../../type.ts";
import { API, API_MAPPING, DOMAIN_NAME, STAGE } from "../common.ts";
import { listApis } from "../lists.ts";
import { pairInOrder } from "./pair.ts";
import { apiGateway } from "../service.ts";

/** `apimapping::shop.example.com::my-api::$default`, followed by the path unless that is the root. */
function mappingName(domain: string, stage: string, key: string): string {
  return `apimapping::${domain}::${stage}${key === "" ? "" : `::${key}`}`;
}

/** The stage with its Api, as it is written: as a dependency, or by ids. */
function stageIn({ dependencies, properties: given }: Entry): string {
  const [stage] = dependencies.stage ?? [];
  const [api = textOf(given.ApiId)] = dependencies.api ?? [];
  if (stage === undefined) return `${api}::${textOf(given.Stage)}`;
  return stage.includes("::") || api === "" ? stage : `${api}::${stage}`;
}

const nameOf = (entry: Entry, key: string): string =>
  mappingName(entry.dependencies.domainName?.[0] ?? "NO-DOMAIN", stageIn(entry), key);

/** The root's key is nothing; GruCloud writes it as an empty text. */
function withoutRoot(entry: Entry): Entry {
  const { ApiMappingKey, ...rest } = entry.properties;
  return isEmpty(ApiMappingKey) ? { ...entry, properties: rest } : entry;
}

const keyOf = ({ state }: { readonly state: JsonObject }): string => textOf(state.ApiMappingKey);

/** AWS has one mapping per path: first who has the path, then who serves the same stage under another path. */
const pairMappings = pairInOrder([
  (one, other) => keyOf(one) === keyOf(other),
  (one, { state }) => state.ApiId === one.state.ApiId && state.Stage === one.state.Stage,
]);

/** AWS refuses a second mapping of a path. */
function inspectMapping(one: Linked, spec: LinkedSpec): readonly Finding[] {
  const path = textOf(one.properties.ApiMappingKey);
  const [first] = spec
    .ofType(API_MAPPING)
    .filter(({ parent, properties: other }) => parent === one.parent && textOf(other.ApiMappingKey) === path);
  if (one.parent === undefined || first === undefined || first === one) return [];
  const what = path === "" ? "the domain's root" : `"${path}"`;
  return [
    refused(
      "ApiMappingKey",
      `${what} is mapped by ${first.draft.key} already`,
      "Give one of them another path.",
    ),
  ];
}

const ofLive = ({ id, parentId = "" }: Live) => ({ DomainName: parentId, ApiMappingId: id });

export const apiMapping = defineType({
  type: API_MAPPING,
  summary: "Serves a stage of an API under a domain name, at its root or at a path.",
  service: apiGateway,
  properties: properties({
    ApiMappingKey: optional(
      patternText(
        /^([\w$.+!*'()-]+(\/[\w$.+!*'()-]+)*)?$/,
        'a path such as "orders" or "orders/v1", without slashes around it',
      ).max(300),
      "The path. Default: the domain's root.",
    ),
    ApiId: optional(text(), "The API's id.", { defaultWords: "from the dependency stage or api" }),
    Stage: optional(limitedText(128, 1), "The stage's name.", {
      defaultWords: "from the dependency stage",
    }),
  }),
  dependencies: {
    domainName: {
      type: DOMAIN_NAME,
      required: true,
      parent: true,
      foreignParent: true,
      ownInOurs: true,
      deletedFirst: true,
    },
    stage: { type: STAGE, fills: "Stage" },
    api: { type: API, fills: "ApiId" },
  },
  identity: { by: "parent", property: "ApiMappingKey" },
  id: "ApiMappingId",
  called: "`apimapping::DOMAIN::API::STAGE`, and `::PATH` where it has one",
  namedAfterOthers: true,
  canonical: withoutRoot,
  name: (entry) => nameOf(entry, textOf(entry.properties.ApiMappingKey)),
  aliases: (entry) => [nameOf(entry, ""), ...(entry.name === undefined ? [] : [entry.name])],
  liveName: ({ ApiId, ApiName = ApiId, Stage, ApiMappingKey }, { parent }) =>
    mappingName(parent?.name ?? "", `${textOf(ApiName)}::${textOf(Stage)}`, textOf(ApiMappingKey)),
  pair: pairMappings,
  inspect: inspectMapping,
  checks: ({ properties: { ApiId, Stage }, dependencies: { stage = [], api = [] } }) => [
    ...(isEmpty(Stage) && stage.length === 0
      ? [{ path: "Stage", message: "is required", hint: "Or name dependencies.stage." }]
      : []),
    ...(isEmpty(ApiId) && stage.length === 0 && api.length === 0
      ? [{ path: "ApiId", message: "is required", hint: "Or name dependencies.stage." }]
      : []),
  ],
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
  quotas: [{ name: "API mappings per custom domain name", most: 200, adjustable: true }],
  attributes: { id: "The mapping's id.", "live.ApiId": "Id of the API.", "live.Stage": "Name of the stage." },
  permissions: {
    read: ["GetApiMappings", "GetApis"],
    write: ["CreateApiMapping", "UpdateApiMapping", "DeleteApiMapping"],
  },
  consequence: ({ parentId = "", state }) =>
    `Callers of https://${parentId}/${textOf(state.ApiMappingKey)} will fail.`,
  fromSpec(wanted, desired) {
    const stage = desired.dependency("stage");
    return stage === undefined || !isEmpty(wanted.ApiId)
      ? wanted
      : { ...wanted, ApiId: stage.attribute("ApiId") };
  },
  calls: {
    list: (client, paging, { parent }) => client.getApiMappings({ DomainName: parent?.id ?? "", ...paging }),
    // Names say Api and stage: an API's name is in a list that every stack with an API reads anyway.
    async complete(reading, answer) {
      const api = (await listApis(reading)).find(({ ApiId }) => ApiId === answer.ApiId);
      return api === undefined ? answer : { ...answer, ApiName: api.Name ?? "" };
    },
    create: (client, input, { parent }) =>
      client.createApiMapping(sdkInput({ ...input, DomainName: parent?.id ?? "" })),
    // The Api is always asked for, and an empty text is the root.
    update: (client, input, { live, state }) =>
      client.updateApiMapping(sdkInput({ ...input, ApiId: state.ApiId ?? "", ...ofLive(live) })),
    delete: (client, live) => client.deleteApiMapping(ofLive(live)),
  },
});
