/**
 * The policies of the two roles of a stack, with the least that its spec needs: reading is limited to the calls, because most lists know no
 * resource; writing also to what the spec names. Which actions know which resources:
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html. Pure.
 */
import { cloudTrail, sts, secretsManager, tagging } from "../../aws/services.ts";
import type { StackFacts } from "../../model/stack.ts";
import { actionsBesides, applyActions, planActions, readActions } from "./actions.ts";
import type { Desired, WriteCondition } from "../../resources/type.ts";
import { ssm } from "../../resources/SSM/service.ts";
import type { DesiredResource } from "../../spec/types.ts";
import { resolveDesired, type Standing } from "../plan/resolve.ts";
import type { Registry } from "../read/observed.ts";
import { storedValues } from "../read/stored.ts";

interface Statement {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Exclude<WriteCondition, "never">;
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

interface Spec {
  readonly resources: readonly DesiredResource[];
  readonly registry: Registry;
  readonly stack: StackFacts;
}

/** `account` may be `*` where it is not known. */
export function rolePolicies(spec: Spec): RolePolicies {
  const { resources, stack } = spec;
  const types = [...new Set(resources.map(({ type }) => type))];
  const placed = besidesPlaces(spec);
  // What one type needs besides its calls may be another's call, which is for everything: `lambda:GetLayerVersion`.
  const called = types.flatMap(readActions);
  const besides = types
    .flatMap(planActions)
    .filter((action) => placed.has(action) && !called.includes(action));
  const everywhere = types.flatMap(planActions).filter((action) => !besides.includes(action));
  const read = [
    statement("Read", [...everywhere, ...EVERY_STACK], ["*"]),
    ...placedStatements("ReadCode", besides, placed),
    ...valueStatements(resources, stack),
    ...WHO_CHANGED_IT,
  ];
  return {
    plan: document(read),
    apply: document([...read, ...writeStatements(spec)]),
  };
}

const EVERY_STACK = [sts.iamAction("GetCallerIdentity"), tagging.iamAction("GetResources")];

/** For the issue about drift, which does without it. It knows no resource: whoever has it sees every event of the account. */
const WHO_CHANGED_IT = [statement("OptionalWhoChangedIt", [cloudTrail.iamAction("LookupEvents")], ["*"])];

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

/** What the types say of actions besides their calls: action → what it is for. */
function besidesPlaces(spec: Spec): ReadonlyMap<string, readonly string[]> {
  const places = new Map<string, readonly string[]>();
  for (const resource of spec.resources) {
    const { besidesAt } = spec.registry.get(resource.type) ?? {};
    const desired = besidesAt === undefined ? undefined : desiredOf(spec, resource);
    if (besidesAt === undefined || desired === undefined) continue;
    for (const [action, arns] of Object.entries(besidesAt(desired)))
      places.set(action, [...(places.get(action) ?? []), ...(resource.readOnly ? [] : arns)]);
  }
  return places;
}

function placedStatements(
  sid: string,
  actions: readonly string[],
  placed: ReadonlyMap<string, readonly string[]>,
): readonly Statement[] {
  const byPlace = Map.groupBy(
    actions.filter((action) => (placed.get(action) ?? []).length > 0),
    (action) => JSON.stringify(placed.get(action)),
  );
  return [...byPlace].map(([arns, some], index) =>
    statement(`${sid}${index === 0 ? "" : index + 1}`, some, JSON.parse(arns)),
  );
}

/** Statements of equal resources are one. */
function writeStatements(spec: Spec): readonly Statement[] {
  const { resources, stack } = spec;
  const byPlace = new Map<string, Set<string>>();
  const conditions = conditionsOf(spec);
  const allow = (action: string, places: readonly string[]): void => {
    const byCondition = Map.groupBy([...new Set(places)].sort(), (place) =>
      JSON.stringify(conditions.get(place)?.[action] ?? {}),
    );
    for (const [condition, some] of byCondition) {
      if (condition === NEVER) continue;
      const key = JSON.stringify([some, JSON.parse(condition)]);
      byPlace.set(key, (byPlace.get(key) ?? new Set()).add(action));
    }
  };
  const roles = passedRoles(spec);
  const placed = besidesPlaces(spec);
  const byType = Map.groupBy(
    resources.filter(({ readOnly }) => !readOnly),
    ({ type }) => type,
  );
  for (const [type, some] of byType) {
    const besides = actionsBesides(type);
    const own = some.map((one) => placesOf(spec, one));
    const all = own.flat();
    const isKnown = own.every((places) => places.length > 0);
    for (const action of applyActions(type)) {
      const asked = besides.includes(action) ? placed.get(action) : undefined;
      if (asked !== undefined) {
        if (asked.length > 0) allow(action, asked);
      } else if (action === "iam:PassRole" || isOfRoles(action, all)) allow(action, roles);
      else if (action.startsWith("apigateway:")) allow(action, apiGateway(stack, all));
      else allow(action, besides.includes(action) || !knowsPlaces(action) || !isKnown ? ["*"] : all);
    }
  }
  return [...byPlace].map(([key, actions], index) => {
    const [places, condition] = JSON.parse(key);
    const made = statement(`Write${index + 1}`, [...actions], places);
    return Object.keys(condition).length === 0 ? made : { ...made, Condition: condition };
  });
}

const NEVER = JSON.stringify("never" satisfies WriteCondition);

/** What the types say of when a resource may be written: its ARN → action → condition. */
function conditionsOf(spec: Spec): ReadonlyMap<string, Readonly<Record<string, WriteCondition>>> {
  const { resources, registry } = spec;
  /** A role may name its boundary by the id of a policy. */
  const predicted = (other: DesiredResource): Standing["predicted"] | undefined => {
    const desired = desiredOf(spec, other);
    return desired === undefined ? undefined : registry.get(other.type)?.predict?.(desired);
  };
  return new Map(
    resources.flatMap((resource) => {
      const { writtenIf } = registry.get(resource.type) ?? {};
      if (writtenIf === undefined) return [];
      const desired = desiredOf(spec, resource, predicted);
      if (desired === undefined) return [];
      const conditions = writtenIf(desired);
      return placesOf(spec, resource).map((place) => [place, conditions] as const);
    }),
  );
}

/** What a policy does to the roles that have it: of the role, not of the policy. */
function isOfRoles(action: string, own: readonly string[]): boolean {
  return /^iam:\w+Role/.test(action) && own.length > 0 && own.every((arn) => arn.includes(":policy/"));
}

function isRole(arn: string): boolean {
  return /^arn:[^:]+:iam::[^:]*:role\//.test(arn);
}

/** Services whose writing actions take the ARN of what they write. */
const WITH_PLACES =
  /^(?:lambda|iam|sqs|sns|dynamodb|events|states|logs|ssm|kms|acm|cognito-idp|route53|cloudfront):/;

/** Those that list, and those that make what AWS gives a number: https://docs.aws.amazon.com/service-authorization/latest/reference/ */
const WITHOUT_PLACE =
  /:(?:List|Describe)|Role\w*InstanceProfile|GetInstanceProfile|^kms:CreateKey$|^acm:RequestCertificate$|^cognito-idp:CreateUserPool$|^route53:CreateHostedZone$|^cloudfront:Create/;

function knowsPlaces(action: string): boolean {
  return WITH_PLACES.test(action) && !WITHOUT_PLACE.test(action);
}

/** Versions and aliases of a function, the streams of a log group, the rules of a bus. */
function withParts(arn: string): readonly string[] {
  return /^arn:[^:]+:(?:lambda|logs):/.test(arn) ? [arn, `${arn}:*`] : [arn];
}

/**
 * What API Gateway's types write: a domain name and what is in it, or APIs and VPC links. Only the ARN of a routing rule has an account:
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonapigatewaymanagementv2.html
 */
function apiGateway({ partition, region, account }: Where, own: readonly string[]): readonly string[] {
  const base = `arn:${partition}:apigateway:${region}:`;
  const ofDomains = own.some((arn) => arn.includes("/domainnames/"));
  const paths = ofDomains
    ? ["/domainnames", "/domainnames/*", "/tags/*"]
    : ["/apis", "/apis/*", "/tags/*", "/vpclinks", "/vpclinks/*"];
  const rules = ofDomains ? [`${base}${account}:/domainnames/*`] : [];
  return [...paths.map((path) => `${base}:${path}`), ...rules];
}

/** What is known of a resource before there is anything of its stack. */
function desiredOf(
  { resources, registry, stack }: Spec,
  resource: DesiredResource,
  predicted: (other: DesiredResource) => Standing["predicted"] | undefined = () => undefined,
): Desired | undefined {
  const type = registry.get(resource.type);
  if (type === undefined) return undefined;
  const standing = (key: string): Standing | undefined => {
    const other = resources.find((one) => one.key === key);
    if (other === undefined) return undefined;
    const { name, properties } = other;
    return { type: other.type, name, properties, predicted: predicted(other) ?? {} };
  };
  return resolveDesired(resource, { type, stack, standing });
}

/** The ARNs of a resource, or of what it is a part of; none where nobody knows. */
function placesOf(spec: Spec, resource: DesiredResource): readonly string[] {
  const desired = desiredOf(spec, resource);
  const { predict, writtenAt } = spec.registry.get(resource.type) ?? {};
  const arn = desired === undefined ? undefined : predict?.(desired)?.Arn;
  if (arn !== undefined) return withParts(arn);
  const written = desired === undefined ? undefined : writtenAt?.(desired);
  if (written !== undefined || resource.parent === undefined) return written ?? [];
  const parent = spec.resources.find(({ key }) => key === resource.parent);
  return parent === undefined ? [] : placesOf(spec, parent);
}

/** The spec's own roles, and those that it names by ARN. */
function passedRoles(spec: Spec): readonly string[] {
  const { resources } = spec;
  const own = resources.flatMap((one) => placesOf(spec, one)).filter(isRole);
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
