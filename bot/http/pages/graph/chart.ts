/** What the picture of a stack shows: who calls what, and what that may do. From the plan's graph; pure. */
import { type GraphNode, nameOf, type Plan, typeOf } from "../../../../src/model/plan.ts";
import { isObject, type JsonValue } from "../../../../src/model/values.ts";
import { isForeign } from "../../../../src/report/reason.ts";
import { type Kind, kindOf } from "../../../../src/report/vocabulary.ts";
import { policyChanges, policyLineText } from "../../../../src/report/words/policy-words.ts";
import { resourceWords } from "../../../../src/report/words/resource-words.ts";
import { shortId } from "../../../../src/report/words/short-id.ts";

export interface Box {
  readonly id: string;
  /** `GET /hello`, `my-function` */
  readonly title: string;
  /** `route of my-api`, `Lambda function` */
  readonly kind: string;
  /** What becomes of it; missing where nothing does. */
  readonly change?: Kind | undefined;
  /** Anybody on the internet may call it. */
  readonly isOpen: boolean;
  /** `dynamodb:PutItem on table/orders` */
  readonly may: readonly string[];
}

export interface Chart {
  readonly boxes: readonly Box[];
  /** From who calls or reads to what is called or read. */
  readonly arrows: readonly { readonly from: string; readonly to: string }[];
}

const ROUTE = "ApiGatewayV2::Route";
/** Asked before what a route calls: it may be the only one of the two that is in the stack. */
const AUTHORIZER = "ApiGatewayV2::Authorizer";

/** Only ways to something else: an arrow goes on through them. */
const THROUGH: ReadonlySet<string> = new Set([
  "ApiGatewayV2::Integration",
  "IAM::Role",
  "IAM::Policy",
  "IAM::InstanceProfile",
  "Lambda::Alias",
]);

/** What something stands in or beside, and neither calls nor reads. */
const BESIDE: ReadonlySet<string> = new Set([
  "ACM::Certificate",
  "ApiGatewayV2::Api",
  "ApiGatewayV2::ApiMapping",
  "ApiGatewayV2::Deployment",
  "ApiGatewayV2::DomainName",
  "ApiGatewayV2::IntegrationResponse",
  "ApiGatewayV2::Model",
  "ApiGatewayV2::RouteResponse",
  "ApiGatewayV2::RoutingRule",
  "ApiGatewayV2::Stage",
  "ApiGatewayV2::VpcLink",
  "CloudWatchLogs::LogGroup",
  "EC2::SecurityGroup",
  "EC2::Subnet",
  "Lambda::Layer",
  "Lambda::Permission",
  "Route53::HostedZone",
  "Route53::Record",
  "Route53Domains::Domain",
]);

/** Undefined where the plan has no graph, or nothing in it calls anything. */
export function chartOf(plan: Plan): Chart | undefined {
  const nodes = new Map((plan.graph ?? []).map((node) => [node.key, node]));
  const changes = new Map(plan.changes.map((change) => [change.key, change]));
  const open = openRoutes(plan, [...nodes.keys()]);
  const drawn = [...nodes.values()].filter(
    ({ key }) => !THROUGH.has(typeOf(key)) && !BESIDE.has(typeOf(key)),
  );
  const ownPolicies = new Set([...nodes.keys()].filter((key) => typeOf(key) === "IAM::Policy").map(nameOf));
  const arrows: { from: string; to: string }[] = [];
  const outside = new Map<string, Box>();
  const boxes = drawn.map((node): Box => {
    const { key } = node;
    const { ends, ways } = reached(node, nodes);
    for (const to of ends) arrows.push({ from: key, to });
    const isCalled = ends.some((to) => typeOf(to) !== AUTHORIZER);
    for (const target of isCalled ? [] : targetsOf([node, ...ways])) {
      outside.set(target, {
        id: target,
        title: targetName(target),
        kind: "outside of this stack",
        isOpen: false,
        may: [],
      });
      arrows.push({ from: key, to: target });
    }
    const { name, kind, parent } = resourceWords({ type: typeOf(key), name: nameOf(key) });
    const change = changes.get(key);
    return {
      id: key,
      title: name,
      kind: parent === undefined ? kind : `${kind} of ${parent}`,
      change:
        change === undefined || change.action === "no-op" || isForeign(change) ? undefined : kindOf(change),
      isOpen: open.has(key),
      may: typeOf(key) === ROUTE ? [] : mayOf(ways, ownPolicies),
    };
  });
  return arrows.length === 0 ? undefined : { boxes: [...boxes, ...outside.values()], arrows };
}

/** A plan names what is open as `GET /hello`; two APIs with such a route cannot be told apart by that. */
function openRoutes({ open = [] }: Plan, keys: readonly string[]): ReadonlySet<string> {
  const routes = keys.filter((key) => typeOf(key) === ROUTE);
  const named = Map.groupBy(routes, (key) => resourceWords({ type: ROUTE, name: nameOf(key) }).name);
  return new Set(open.flatMap((what) => (named.get(what)?.length === 1 ? (named.get(what) ?? []) : [])));
}

/** What a node comes to: boxes, and the ways through which it does. Each once, nearest first. */
function reached(
  start: GraphNode,
  nodes: ReadonlyMap<string, GraphNode>,
): { readonly ends: readonly string[]; readonly ways: readonly GraphNode[] } {
  const ends: string[] = [];
  const ways: GraphNode[] = [];
  const seen = new Set([start.key]);
  const queue = [...start.needs];
  for (let key = queue.shift(); key !== undefined; key = queue.shift()) {
    const node = nodes.get(key);
    const type = typeOf(key);
    if (node === undefined || seen.has(key) || BESIDE.has(type)) continue;
    seen.add(key);
    if (!THROUGH.has(type)) ends.push(key);
    else {
      ways.push(node);
      queue.push(...node.needs);
    }
  }
  return { ends, ways };
}

function targetsOf(ways: readonly GraphNode[]): readonly string[] {
  return ways.flatMap(({ target }) => (target === undefined || target === "" ? [] : [target])).slice(0, 1);
}

/** A function's name in its ARN, an address without its query, or the target as it is. */
function targetName(target: string): string {
  return /:function:([^:/]+)/.exec(target)?.[1] ?? shortId(target.replace(/[?#].*$/s, ""));
}

/** What the roles and policies on the way allow, each line once. */
function mayOf(ways: readonly GraphNode[], own: ReadonlySet<string>): readonly string[] {
  return [
    ...new Set(
      ways.flatMap(({ allows = {} }) =>
        Object.values(allows).flatMap((value) => [
          ...documentsOf(value).flatMap(linesOf),
          ...managedOf(value, own),
        ]),
      ),
    ),
  ];
}

/** A document, or a map of them. */
function documentsOf(value: JsonValue): readonly JsonValue[] {
  if (!isObject(value)) return typeof value === "string" ? [value] : [];
  return Object.hasOwn(value, "Statement") ? [value] : Object.values(value);
}

function linesOf(document: JsonValue): readonly string[] {
  return (policyChanges(undefined, document) ?? []).map(policyLineText);
}

/** Managed policies by their names; those of the stack are told by their documents. */
function managedOf(value: JsonValue, own: ReadonlySet<string>): readonly string[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((arn) => {
    const name = typeof arn === "string" ? /:policy\/(?:.*\/)?([^/]+)$/.exec(arn)?.[1] : undefined;
    return name === undefined || own.has(name) ? [] : [`all of the policy ${name}`];
  });
}
