/** Routing rules. Facts: https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-routing-rules.html */
import { sdkInput } from "../../../aws/sdk-input.ts";
import { canonicalJson, isEmpty, type JsonObject, type JsonValue } from "../../../model/values.ts";
import type { Entry, Finding, Linked, LinkedSpec } from "../../../spec/type-rules.ts";
import { defineType } from "../../define.ts";
import { optional, required } from "../../facts.ts";
import { refused } from "../../findings.ts";
import { jsonOf, listOf, objectOf } from "../../live-values.ts";
import { flag, limitedText, properties, text, textList, wholeNumber } from "../../schema.ts";
import type { Desired, Live, Pairable } from "../../type.ts";
import { listAll } from "../../list-all.ts";
import { API, DOMAIN_NAME, ROUTING_RULE, STAGE } from "../common.ts";
import { pairInOrder } from "./pair.ts";
import { apiGateway } from "../service.ts";

const LARGEST_PAGE = 100;

const ruleName = (domain: string, priority: JsonValue | undefined): string =>
  `routingrule::${domain}::${String(priority ?? "PRIORITY")}`;

const nameOf = ({ dependencies, properties: { Priority } }: Entry): string =>
  ruleName(dependencies.domainName?.[0] ?? "NO-DOMAIN", Priority);

/** The action with every member: what AWS leaves out is off. */
function actions(value: JsonValue): JsonValue {
  return listOf(value).map((one) => {
    const { ApiId = "", Stage = "", StripBasePath = false } = objectOf(objectOf(one).InvokeApi);
    return { InvokeApi: { ApiId, Stage, StripBasePath } };
  });
}

/** The one action, with the dependency's Api and stage where it names none. */
function withStage(wanted: JsonObject, desired: Desired): JsonObject {
  const [first] = listOf(wanted.Actions).map(objectOf);
  const given = objectOf(first?.InvokeApi);
  const [stage, api] = [desired.dependency("stage"), desired.dependency("api")];
  const ApiId = isEmpty(given.ApiId) ? (api?.id ?? stage?.attribute("ApiId") ?? "") : given.ApiId;
  const Stage = isEmpty(given.Stage) ? (stage?.id ?? "") : given.Stage;
  return { ...wanted, Actions: [{ InvokeApi: { ...given, ApiId: ApiId ?? "", Stage: Stage ?? "" } }] };
}

const same = (member: string) => (one: Pairable, other: Live) =>
  canonicalJson(one.state[member] ?? null) === canonicalJson(other.state[member] ?? null);

/** By priority, which is unique in a domain name, then by what they match. */
const pairRules = pairInOrder([same("Priority"), same("Conditions")]);

/** A domain name without rules in its mode never looks at one. */
function inspectRule(one: Linked, spec: LinkedSpec): readonly Finding[] {
  const domain = one.parent === undefined ? undefined : spec.byKey(one.parent);
  if (domain === undefined || domain.draft.readOnly || domain.draft.broken === true) return [];
  const { RoutingMode = "API_MAPPING_ONLY" } = domain.properties;
  if (RoutingMode !== "API_MAPPING_ONLY") return [];
  return [
    refused(
      ["dependencies", "domainName"],
      `${domain.draft.name} has the RoutingMode API_MAPPING_ONLY, which has no rules`,
      "Set its RoutingMode to ROUTING_RULE_ONLY or ROUTING_RULE_THEN_API_MAPPING.",
    ),
  ];
}

const ofLive = ({ id, parentId = "" }: Live) => ({ DomainName: parentId, RoutingRuleId: id });

export const routingRule = defineType({
  type: ROUTING_RULE,
  summary: "Sends calls of a domain name to a stage by their headers and paths.",
  service: apiGateway,
  properties: properties({
    Priority: required(
      wholeNumber(1, 1_000_000),
      "Rules are tried from the smallest on; unique in the domain name.",
    ),
    Conditions: optional(
      properties({
        MatchBasePaths: optional(
          properties({ AnyOf: required(textList(), "The first parts of paths.") }),
          "Paths that it takes.",
        ),
        MatchHeaders: optional(
          properties({
            AnyOf: required(
              properties({
                Header: required(text(), "The header's name."),
                ValueGlob: required(text(), "Its value; `*` stands for anything."),
              }).array(),
              "Headers, of which one has to be there.",
            ),
          }),
          "Headers that it takes.",
        ),
      })
        .array()
        .max(3),
      "What a call must have; without any, every call. At most two of headers and one of paths.",
    ),
    Actions: optional(
      properties({
        InvokeApi: required(
          properties({
            ApiId: optional(text(), "The API's id.", { defaultWords: "from the dependency stage or api" }),
            Stage: optional(limitedText(128, 1), "The stage's name.", {
              defaultWords: "from the dependency stage",
            }),
            StripBasePath: optional(flag(), "Whether the path that matched is taken off. Default: false."),
          }),
          "The API that gets the call.",
        ),
      })
        .array()
        .max(1),
      "What is done: a list of one.",
      { spelling: actions, defaultWords: "the dependency's stage" },
    ),
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
    stage: { type: STAGE },
    api: { type: API },
  },
  identity: { by: "parent", property: "Priority" },
  id: "RoutingRuleId",
  called: "`routingrule::DOMAIN::PRIORITY`",
  namedAfterOthers: true,
  canonical: (entry) => entry,
  name: nameOf,
  aliases: ({ name }) => (name === undefined ? [] : [name]),
  liveName: ({ Priority }, { parent }) => ruleName(parent?.name ?? "", Priority),
  pair: pairRules,
  inspect: inspectRule,
  checks({ properties: { Actions }, dependencies: { stage = [], api = [] } }) {
    const { ApiId, Stage } = objectOf(objectOf(listOf(Actions)[0] ?? {}).InvokeApi);
    const knows = stage.length > 0 || ((api.length > 0 || !isEmpty(ApiId)) && !isEmpty(Stage));
    return knows
      ? []
      : [{ path: "Actions", message: "needs an ApiId and a Stage", hint: "Or name dependencies.stage." }];
  },
  attributes: { id: "The rule's id.", "live.RoutingRuleArn": "The rule's ARN." },
  permissions: {
    read: ["ListRoutingRules"],
    write: ["CreateRoutingRule", "PutRoutingRule", "DeleteRoutingRule"],
  },
  consequence: ({ parentId = "" }) => `Calls of https://${parentId} that it took go elsewhere.`,
  updates: "replace",
  fromSpec: withStage,
  calls: {
    async wholeList({ aws, once, lookups }, { parent }) {
      const none = parent?.state.RoutingMode === "API_MAPPING_ONLY" && lookups.length === 0;
      if (parent === undefined || none) return [];
      return once(`ListRoutingRules ${parent.id}`, async () => {
        const client = await aws.client(apiGateway);
        const rules = await listAll(async (paging) => {
          const whose = { ...paging, DomainName: parent.id, MaxResults: LARGEST_PAGE };
          const { RoutingRules, NextToken } = await client.listRoutingRules(whose);
          return { Items: RoutingRules, NextToken };
        });
        return rules.map(jsonOf);
      });
    },
    create: (client, input, { parent }) =>
      client.createRoutingRule(sdkInput({ Conditions: [], ...input, DomainName: parent?.id ?? "" })),
    update: (client, input, { live }) =>
      client.putRoutingRule(sdkInput({ Conditions: [], ...input, ...ofLive(live) })),
    delete: (client, live) => client.deleteRoutingRule(ofLive(live)),
  },
});
