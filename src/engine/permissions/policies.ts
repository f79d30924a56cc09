/**
 * The policies of the two roles of a stack, with the least that its spec needs: reading is limited to the calls, because most lists know no
 * resource; writing also to what the spec names. Which actions know which resources:
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html. Pure.
 */
import { sts, secretsManager, tagging } from "../../aws/services.ts";
import type { StackFacts } from "../../model/stack.ts";
import { actionsBesides, applyActions, planActions } from "./actions.ts";
import { ssm } from "../../resources/SSM/service.ts";
import type { DesiredResource, LoadedSpec } from "../../spec/types.ts";
import { resolveDesired, type Standing } from "../plan/resolve.ts";
import type { Registry } from "../read/observed.ts";
import { storedValues } from "../read/stored.ts";

export interface Statement {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
}

export interface PolicyDocument {
  readonly Version: "2012-10-17";
  readonly Statement: readonly Statement[];
}

export interface RolePolicies {
  readonly plan: PolicyDocument;
  readonly apply: PolicyDocument;
}

type Where = Pick<StackFacts, "partition" | "region" | "account">;

/** @param stack `account` may be `*` where it is not known */
export function rolePolicies(
  { resources }: Pick<LoadedSpec, "resources">,
  registry: Registry,
  stack: StackFacts,
): RolePolicies {
  const types = [...new Set(resources.map(({ type }) => type))];
  const read = [
    statement("Read", [...types.flatMap(planActions), ...EVERY_STACK], ["*"]),
    ...valueStatements(resources, stack),
  ];
  return {
    plan: document(read),
    apply: document([...read, ...writeStatements(resources, registry, stack)]),
  };
}

const EVERY_STACK = [sts.iamAction("GetCallerIdentity"), tagging.iamAction("GetResources")];

/** What `config.parameter` and `config.secret` read. AWS adds six characters to a secret's name. */
function valueStatements(resources: readonly DesiredResource[], where: Where): readonly Statement[] {
  const { partition, region, account } = where;
  const values = resources.flatMap(storedValues);
  const arns = (from: "parameter" | "secret", arn: (name: string) => string): readonly string[] => {
    const names = new Set(values.filter((value) => value.from === from).map(({ name }) => name));
    return [...names].map((name) => (name.startsWith("arn:") ? name : arn(name)));
  };
  const parameters = arns(
    "parameter",
    (name) => `arn:${partition}:ssm:${region}:${account}:parameter/${name.replace(/^\//, "").split(":")[0]}`,
  );
  const secrets = arns(
    "secret",
    (name) => `arn:${partition}:secretsmanager:${region}:${account}:secret:${name}-??????`,
  );
  return [
    ...(parameters.length === 0
      ? []
      : [statement("ReadParameters", [ssm.iamAction("GetParameter")], parameters)]),
    ...(secrets.length === 0
      ? []
      : [statement("ReadSecrets", [secretsManager.iamAction("GetSecretValue")], secrets)]),
  ];
}

/** Statements of equal resources are one. */
function writeStatements(
  resources: readonly DesiredResource[],
  registry: Registry,
  stack: StackFacts,
): readonly Statement[] {
  const byPlace = new Map<string, Set<string>>();
  const allow = (action: string, places: readonly string[]): void => {
    const key = JSON.stringify([...new Set(places)].sort());
    byPlace.set(key, (byPlace.get(key) ?? new Set()).add(action));
  };
  const roles = passedRoles(resources, registry, stack);
  const byType = Map.groupBy(
    resources.filter(({ readOnly }) => !readOnly),
    ({ type }) => type,
  );
  for (const [type, some] of byType) {
    const besides = actionsBesides(type);
    const own = some.map((one) => placeOf(one, resources, registry, stack));
    for (const action of applyActions(type)) {
      if (action === "iam:PassRole" || isOfRoles(action, own)) allow(action, roles);
      else if (action.startsWith("apigateway:")) allow(action, apiGateway(stack, own));
      else if (besides.includes(action) || !knowsPlaces(action) || own.includes(undefined))
        allow(action, ["*"]);
      else
        allow(
          action,
          own.flatMap((arn) => (arn === undefined ? [] : withParts(arn))),
        );
    }
  }
  return [...byPlace].map(([places, actions], index) =>
    statement(`Write${index + 1}`, [...actions], JSON.parse(places)),
  );
}

/** What a policy does to the roles that have it: of the role, not of the policy. */
function isOfRoles(action: string, own: readonly (string | undefined)[]): boolean {
  return /^iam:\w+Role/.test(action) && own.every((arn) => arn?.includes(":policy/") === true);
}

function isRole(arn: string | undefined): arn is string {
  return arn !== undefined && /^arn:[^:]+:iam::[^:]*:role\//.test(arn);
}

/** Services whose writing actions take the ARN of what they write, except those that list. */
function knowsPlaces(action: string): boolean {
  return (
    /^(?:lambda|iam|sqs|sns|dynamodb|events|states|logs|ssm):/.test(action) &&
    !/:(?:List|Describe)|Role\w*InstanceProfile|GetInstanceProfile/.test(action)
  );
}

/** Versions and aliases of a function, the streams of a log group, the rules of a bus. */
function withParts(arn: string): readonly string[] {
  return /^arn:[^:]+:(?:lambda|logs):/.test(arn) ? [arn, `${arn}:*`] : [arn];
}

/**
 * What API Gateway's types write: a domain name and what is in it, or APIs and VPC links. Only the ARN of a routing rule has an account:
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonapigatewaymanagementv2.html
 */
function apiGateway(
  { partition, region, account }: Where,
  own: readonly (string | undefined)[],
): readonly string[] {
  const base = `arn:${partition}:apigateway:${region}:`;
  const ofDomains = own.some((arn) => arn?.includes("/domainnames/"));
  const paths = ofDomains
    ? ["/domainnames", "/domainnames/*", "/tags/*"]
    : ["/apis", "/apis/*", "/tags/*", "/vpclinks", "/vpclinks/*"];
  const rules = ofDomains ? [`${base}${account}:/domainnames/*`] : [];
  return [...paths.map((path) => `${base}:${path}`), ...rules];
}

/** The ARN of a resource, or of what it is a part of; undefined where AWS gives it one when it is made. */
function placeOf(
  resource: DesiredResource,
  all: readonly DesiredResource[],
  registry: Registry,
  stack: StackFacts,
): string | undefined {
  const type = registry.get(resource.type);
  if (type === undefined) return undefined;
  const standing = (key: string): Standing | undefined => {
    const other = all.find((one) => one.key === key);
    return other === undefined
      ? undefined
      : { type: other.type, name: other.name, properties: other.properties, predicted: {} };
  };
  const found = type.predict?.(resolveDesired(resource, { type, stack, standing }))?.Arn;
  if (found !== undefined || resource.parent === undefined) return found;
  const parent = all.find(({ key }) => key === resource.parent);
  return parent === undefined ? undefined : placeOf(parent, all, registry, stack);
}

/** The spec's own roles, and those that it names by ARN. */
function passedRoles(
  resources: readonly DesiredResource[],
  registry: Registry,
  stack: StackFacts,
): readonly string[] {
  const own = resources.map((one) => placeOf(one, resources, registry, stack)).filter(isRole);
  const literal = JSON.stringify(resources.map(({ properties, dependencies }) => [properties, dependencies]));
  const named = literal.match(/arn:[\w-]+:iam::\d{12}:role\/[\w+=,.@/-]+/g) ?? [];
  const found = [...new Set([...own, ...named])];
  return found.length === 0 ? ["*"] : found;
}

function statement(Sid: string, actions: readonly string[], places: readonly string[]): Statement {
  return {
    Sid,
    Effect: "Allow",
    Action: [...new Set(actions)].sort(),
    Resource: [...new Set(places)].sort(),
  };
}

function document(statements: readonly Statement[]): PolicyDocument {
  return { Version: "2012-10-17", Statement: statements };
}
