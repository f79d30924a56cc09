import * as client from "@aws-sdk/client-eventbridge";
import type { Ctx } from "../core/context.ts";
import { AwsError } from "../core/errors.ts";
import { page } from "../core/paging.ts";
import { pageLimit } from "../core/context.ts";
import { sdk } from "../core/sdk.ts";
import { service } from "../core/service.ts";
import { table } from "../core/table.ts";
import { tagAdder } from "../core/tags.ts";
import { COMMON } from "../core/throttle.ts";
import { assumableBy } from "../iam/assume.ts";
import { type RegionState, need } from "../state.ts";

interface Bus {
  readonly arn: string;
  settings: client.DescribeEventBusResponse;
  readonly tags: Map<string, string>;
}
interface Rule {
  readonly arn: string;
  settings: client.DescribeRuleResponse;
  readonly tags: Map<string, string>;
  readonly targets: Map<string, client.Target>;
}

const buses = table<RegionState, Bus>();
/** By `BUS/NAME`. */
const rules = table<RegionState, Rule>();

const invalid = (message: string): AwsError => new AwsError("ValidationException", message);
const missing = (message: string): AwsError => new AwsError("ResourceNotFoundException", message);
const arnOf = (ctx: Ctx, what: string): string =>
  `arn:${ctx.partition}:events:${ctx.regionName}:${ctx.accountId}:${what}`;
const busIn = (name = "default"): string => name.replace(/^arn:[^/]*:event-bus\//, "");

function bus(ctx: Ctx, name: string | undefined): Bus {
  const found = buses(ctx.region).get(busIn(name));
  return need(found, () => missing(`Event bus ${busIn(name)} does not exist.`));
}

function needBus(ctx: Ctx, name: string | undefined): void {
  if (busIn(name) !== "default") bus(ctx, name);
}

function rule(ctx: Ctx, name = "", on?: string): Rule {
  needBus(ctx, on);
  const found = rules(ctx.region).get(`${busIn(on)}/${name}`);
  return need(found, () => missing(`Rule ${name} does not exist on EventBus ${busIn(on)}.`));
}

function tagged(ctx: Ctx, arn = ""): Map<string, string> {
  const all = [...buses(ctx.region).values(), ...rules(ctx.region).values()];
  return need(
    all.find((one) => one.arn === arn),
    () => missing(`Resource ${arn} does not exist.`),
  ).tags;
}

const addTags = tagAdder(({ message }) => invalid(message));

/** Members that are there and not empty: what is left out of PutRule or UpdateEventBus is gone. */
function given<T extends object>(members: T): Partial<T> {
  const kept = Object.entries(members).filter(
    ([, value]) =>
      value !== undefined && value !== "" && !(typeof value === "object" && Object.keys(value).length === 0),
  );
  return Object.fromEntries(kept) as Partial<T>;
}

function checkPattern(pattern: string | undefined): void {
  if (pattern === undefined || pattern === "") return;
  try {
    JSON.parse(pattern);
  } catch {
    throw new AwsError("InvalidEventPatternException", "Event pattern is not valid. Reason: not JSON");
  }
}

/** What is refused of one target: the call itself succeeds. */
function targetFault(
  ctx: Ctx,
  { Arn = "", RoleArn, Input, InputPath, InputTransformer, SqsParameters }: client.Target,
): string | undefined {
  if (!Arn.startsWith("arn:")) return "Provided Arn is not in correct format.";
  if ([Input, InputPath, InputTransformer].filter((one) => one !== undefined).length > 1)
    return "Only one of Input, InputPath, or InputTransformer must be provided.";
  if (Arn.endsWith(".fifo") && SqsParameters?.MessageGroupId === undefined)
    return "Parameter(s) SqsParameters must be specified for target: FIFO queue.";
  if (RoleArn !== undefined && !assumableBy(ctx, RoleArn, "events.amazonaws.com"))
    return `Provided role '${RoleArn}' cannot be assumed by principal 'events.amazonaws.com'.`;
  if (/:states:|:event-bus\//.test(Arn) && RoleArn === undefined)
    return `RoleArn is required for target ${Arn}.`;
  return undefined;
}

const on = sdk<client.EventBridge>(client);

/** EventBridge: buses, rules and their targets. */
export const events = service(
  {
    id: "events",
    protocol: "aws-json",
    key: "AWSEvents",
    missing: (member) =>
      invalid(
        `1 validation error detected: Value null at '${member}' failed to satisfy constraint: Member must not be null`,
      ),
    ...COMMON,
    busy: () =>
      new AwsError("ConcurrentModificationException", "There is concurrent modification on a resource."),
    tagged: (ctx) =>
      [...buses(ctx.region).values(), ...rules(ctx.region).values()].map(({ arn, tags }) => ({ arn, tags })),
  },
  client,
  [
    on("createEventBus", (ctx, { Name = "", Tags, EventSourceName: _source, ...settings }) => {
      if (!/^[\w./-]{1,256}$/.test(Name) || Name === "default")
        throw invalid(`Value '${Name}' at 'name' failed to satisfy constraint.`);
      if (buses(ctx.region).has(Name))
        throw new AwsError("ResourceAlreadyExistsException", `Event bus ${Name} already exists.`);
      const arn = arnOf(ctx, `event-bus/${Name}`);
      const tags = new Map<string, string>();
      addTags(ctx, tags, Tags);
      buses(ctx.region).set(Name, { arn, settings: { Name, Arn: arn, ...given(settings) }, tags });
      return { EventBusArn: arn };
    }),
    on("describeEventBus", (ctx, { Name }) => bus(ctx, Name).settings),
    on("updateEventBus", (ctx, { Name, ...changes }) => {
      const found = bus(ctx, Name);
      found.settings = given({ ...found.settings, ...changes });
      return {};
    }),
    on("deleteEventBus", (ctx, { Name = "" }) => {
      if ([...rules(ctx.region).keys()].some((key) => key.startsWith(`${Name}/`)))
        throw invalid("Cannot delete event bus: it has rules.");
      buses(ctx.region).delete(Name);
    }),
    on("putPermission", (ctx, { EventBusName, Policy }) => {
      const found = bus(ctx, EventBusName);
      found.settings = { ...found.settings, Policy };
    }),
    on("removePermission", (ctx, { EventBusName }) => {
      const found = bus(ctx, EventBusName);
      found.settings = given({ ...found.settings, Policy: undefined });
    }),
    on("putRule", (ctx, { Name = "", EventBusName, Tags, ...settings }) => {
      needBus(ctx, EventBusName);
      checkPattern(settings.EventPattern);
      if (
        given({ a: settings.EventPattern, b: settings.ScheduleExpression }).a === undefined &&
        !settings.ScheduleExpression
      )
        throw invalid("Parameter(s) EventPattern or ScheduleExpression must be specified.");
      if (settings.ScheduleExpression !== undefined && busIn(EventBusName) !== "default")
        throw invalid("ScheduleExpression is supported only on the default event bus.");
      if (settings.RoleArn !== undefined && !assumableBy(ctx, settings.RoleArn, "events.amazonaws.com"))
        throw invalid(
          `Provided role '${settings.RoleArn}' cannot be assumed by principal 'events.amazonaws.com'.`,
        );
      const on = busIn(EventBusName);
      const present = rules(ctx.region).get(`${on}/${Name}`);
      const arn = arnOf(ctx, `rule/${on === "default" ? "" : `${on}/`}${Name}`);
      const tags = present?.tags ?? new Map<string, string>();
      // Tags of an existing rule are left alone.
      if (present === undefined) addTags(ctx, tags, Tags);
      const kept = { Name, Arn: arn, EventBusName: on, State: client.RuleState.ENABLED, ...given(settings) };
      rules(ctx.region).set(`${on}/${Name}`, {
        arn,
        settings: kept,
        tags,
        targets: present?.targets ?? new Map(),
      });
      return { RuleArn: arn };
    }),
    on("describeRule", (ctx, { Name, EventBusName }) => rule(ctx, Name, EventBusName).settings),
    on("deleteRule", (ctx, { Name, EventBusName }) => {
      const found = rules(ctx.region).get(`${busIn(EventBusName)}/${Name}`);
      if (found === undefined) return;
      if (found.targets.size > 0) throw invalid("Rule can't be deleted since it has targets.");
      rules(ctx.region).delete(`${busIn(EventBusName)}/${Name}`);
    }),
    on("putTargets", (ctx, { Rule, EventBusName, Targets = [] }) => {
      const { targets } = rule(ctx, Rule, EventBusName);
      const FailedEntries: client.PutTargetsResultEntry[] = [];
      for (const one of Targets) {
        const fault = targetFault(ctx, one);
        if (fault === undefined) targets.set(one.Id ?? "", given(one) as client.Target);
        else FailedEntries.push({ TargetId: one.Id, ErrorCode: "ValidationException", ErrorMessage: fault });
      }
      if (targets.size > 5)
        throw new AwsError(
          "LimitExceededException",
          "The requested resource exceeds the maximum number allowed.",
        );
      return { FailedEntryCount: FailedEntries.length, FailedEntries };
    }),
    on("removeTargets", (ctx, { Rule, EventBusName, Ids = [] }) => {
      for (const id of Ids) rule(ctx, Rule, EventBusName).targets.delete(id);
      return { FailedEntryCount: 0, FailedEntries: [] };
    }),
    on("listTargetsByRule", (ctx, { Rule, EventBusName, Limit, NextToken }) => {
      const all = [...rule(ctx, Rule, EventBusName).targets.values()];
      const cut = page(all, pageLimit(ctx, Limit, 100), NextToken, () => invalid("Invalid NextToken."));
      return { Targets: cut.items, ...(cut.next === undefined ? {} : { NextToken: cut.next }) };
    }),
    on("tagResource", (ctx, { ResourceARN, Tags }) => {
      addTags(ctx, tagged(ctx, ResourceARN), Tags);
      return {};
    }),
    on("untagResource", (ctx, { ResourceARN, TagKeys = [] }) => {
      for (const key of TagKeys) tagged(ctx, ResourceARN).delete(key);
      return {};
    }),
    on("listTagsForResource", (ctx, { ResourceARN }) => ({
      Tags: [...tagged(ctx, ResourceARN)].map(([Key, Value]) => ({ Key, Value })),
    })),
  ],
);
