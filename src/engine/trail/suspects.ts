/**
 * What to ask CloudTrail about a resource that differs. It finds events by one attribute at a time
 * (https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html). Most services say which resources an event
 * is about; API Gateway's events only have ids in their request, so they are found by the names of its calls. Pure.
 */
import { type Change, typeOf } from "../../model/plan.ts";
import { resourceTypes } from "../../resources/registry.ts";

export interface Lookup {
  /** Global services tell CloudTrail in one region of their partition. */
  readonly region: "regional" | "global";
  readonly by: "EventName" | "ResourceName";
  readonly value: string;
}

export interface Suspect {
  readonly key: string;
  /** In the order in which they are worth asking: the next only where one finds nothing. */
  readonly lookups: readonly Lookup[];
  /** `lambda.`: how the source of its events begins. */
  readonly source: string;
  /** What AWS calls it: an event about it names one of them. */
  readonly names: readonly string[];
  /** The same of what it is part of, which the event names, too; empty for a resource of its own. */
  readonly within: readonly string[];
}

/** Services whose events do not begin with the prefix of their IAM actions: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/logging_cw_api_calls.html */
const SOURCES: Readonly<Record<string, string>> = { cloudwatch: "monitoring" };

/** @param known ids by key that a plan cannot say: of what was there after the last apply and is missing now */
export function suspectsOf(
  changes: readonly Change[],
  known: ReadonlyMap<string, string>,
): readonly Suspect[] {
  return changes.filter(differs).flatMap((change) => suspectOf(change, changes, known) ?? []);
}

/** What goes or comes with something else was not changed itself. */
function differs({ action, redeploy, withParent, reason }: Change): boolean {
  return action !== "no-op" && redeploy !== true && withParent !== true && reason?.kind !== "parent-replaced";
}

function suspectOf(
  change: Change,
  changes: readonly Change[],
  known: ReadonlyMap<string, string>,
): Suspect | undefined {
  const type = resourceTypes.get(change.type);
  const service = type?.service;
  if (type === undefined || service === undefined) return undefined;
  const prefix = service.iamAction("").split(":")[0] ?? "";
  const source = `${SOURCES[prefix] ?? prefix}.`;
  const id = change.id ?? known.get(change.key);
  const { region } = service;
  if (prefix === "apigateway") {
    // Without its id nobody can say which of several it was.
    if (id === undefined) return undefined;
    return {
      key: change.key,
      source,
      names: [id],
      within: parentIds(change, changes, known),
      lookups: callsThat(change, type.permissions?.write ?? []).map((value) => ({
        region,
        by: "EventName",
        value,
      })),
    };
  }
  const names = namesOf(change, id);
  return {
    key: change.key,
    source,
    names,
    within: [],
    lookups: names.slice(0, 2).map((value) => ({ region, by: "ResourceName", value })),
  };
}

/** Which of the type's calls make such a difference. */
function callsThat(change: Change, write: readonly string[]): readonly string[] {
  const noun = change.type.split("::")[1] ?? "";
  if (change.action === "create") return write.filter((call) => call === `Delete${noun}`);
  if (change.action === "delete") return write.filter((call) => call.startsWith("Create"));
  const isTag = ({ path }: Change["properties"][number]): boolean => /^Tags\b/.test(path);
  const [tags, others] = [change.properties.some(isTag), !change.properties.every(isTag)];
  return write.filter((call) => {
    if (/^(?:Get|List|Create)/.test(call) || call === `Delete${noun}`) return false;
    return /^(?:Tag|Untag)/.test(call) ? tags : others;
  });
}

/** The ids of what a name begins with: `my-api` of `route::my-api::GET /hello`. */
function parentIds(
  { key, name }: Change,
  changes: readonly Change[],
  known: ReadonlyMap<string, string>,
): readonly string[] {
  const parts = name.split("::").slice(0, -1);
  return changes
    .filter((other) => other.key !== key && parts.includes(other.name) && isRoot(other.key))
    .flatMap((other) => other.id ?? known.get(other.key) ?? []);
}

function isRoot(key: string): boolean {
  return /^ApiGatewayV2::(?:Api|DomainName)$/.test(typeOf(key));
}

/** The name in AWS before the ARN or address that has it: most services' events have the name. */
function namesOf({ name, properties, action }: Change, id: string | undefined): readonly string[] {
  const given =
    action === "create"
      ? properties.flatMap(({ path, after }) =>
          /^\w*Name$/.test(path) && typeof after === "string" ? after : [],
        )
      : [];
  const found = id === undefined ? given : [lastPart(id), id];
  return [...new Set(found.length === 0 ? [lastPart(name)] : found)].filter((one) => one !== "");
}

function lastPart(text: string): string {
  return text.split(/[/:]/).findLast((part) => part !== "") ?? text;
}
