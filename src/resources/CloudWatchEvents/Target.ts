/** Targets of rules. Facts: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutTargets.html */
import * as z from "zod";
import { sdkInput } from "../../aws/sdk-input.ts";
import { isEmpty } from "../../model/values.ts";
import type { DependencyKey, Entry } from "../../spec/type-rules.ts";
import { defineType } from "../define.ts";
import { optional, required } from "../facts.ts";
import { textOf } from "../live-values.ts";
import { nameFrom } from "../naming.ts";
import { untrustedBy } from "../policy/trust.ts";
import { limitedText, patternText, properties, text, textList, wholeNumber } from "../schema.ts";
import type { Live } from "../type.ts";
import { closedTo } from "./closed.ts";
import { RULE } from "./Rule.ts";
import { eventBridge } from "./service.ts";
import { own } from "../../model/own.ts";

const EVENTS = "events.amazonaws.com";
const targetName = (rule: string, id: string): string => `target::${rule}::${id}`;

/** What a rule can call, by the dependency that names it. */
const called = (type: string, aliases: readonly string[] = []): DependencyKey => ({
  type,
  acceptsArn: true,
  fills: "Arn",
  with: "Arn",
  aliases,
});
const CALLED = {
  lambdaFunction: called("Lambda::Function"),
  sqsQueue: called("SQS::Queue"),
  snsTopic: called("SNS::Topic"),
  logGroup: called("CloudWatchLogs::LogGroup"),
  eventBus: called("CloudWatchEvents::EventBus"),
  stepFunctionsStateMachine: called("StepFunctions::StateMachine", ["stateMachine", "sfnStateMachine"]),
};

const ruleOf = ({ state }: Live) => ({ Rule: textOf(state.Name), EventBusName: textOf(state.EventBusName) });

/** The same of a target, which remembers it as attributes. */
const ownRule = ({ attributes: { Rule, EventBusName } }: Live) => ({
  Rule: textOf(Rule),
  EventBusName: textOf(EventBusName),
});

const nested = () => z.record(z.string(), z.json());

export const target = defineType({
  type: "CloudWatchEvents::Target",
  summary: "What a rule calls: a function, a queue, a state machine, a log group, another bus.",
  service: eventBridge,
  properties: properties({
    Id: required(
      patternText(/^[\w.-]{1,64}$/, "a target's id: letters, digits and . - _, at most 64"),
      "Id of the target, unique in its rule.",
      { createOnly: true },
    ),
    Arn: optional(limitedText(1600, 1), "ARN of what is called.", {
      defaultWords: "from the dependency that is called",
    }),
    RoleArn: optional(limitedText(1600, 1), "Role with which it is called.", {
      defaultWords: "from the dependency role",
    }),
    Input: optional(text().max(8192), "JSON text that is sent instead of the event."),
    InputPath: optional(text().max(256), "Part of the event that is sent."),
    InputTransformer: optional(
      properties({
        InputPathsMap: optional(
          z
            .record(
              patternText(/^[\w-]{1,256}$/, "a name: letters, digits, - and _, at most 256"),
              limitedText(256),
            )
            .refine((paths) => Object.keys(paths).length <= 100, {
              error: "EventBridge takes at most 100 names",
            }),
          "Values of the event by name.",
        ),
        InputTemplate: required(text().max(8192), "The text, with `<name>` for the values."),
      }),
      "Text made of the event's values.",
    ),
    SqsParameters: optional(
      properties({ MessageGroupId: optional(text().max(100), "Message group, for FIFO queues.") }),
      "For queues.",
    ),
    HttpParameters: optional(
      properties({
        PathParameterValues: optional(
          textList(patternText(/^(?!\s*$).+$/, "a value with a sign that is no space")),
          "Values for `*` in the path.",
        ),
        HeaderParameters: optional(
          z.record(
            patternText(/^[!#$%&'*+\-.^_`|~\w]{1,512}$/, "a header's name"),
            patternText(/^[\t\x20-\x7e]{0,512}$/, "a header's value: signs of ASCII, at most 512"),
          ),
          "Headers.",
        ),
        QueryStringParameters: optional(
          z.record(
            patternText(/^[^\x00-\x1f\x7f]{1,512}$/, "a query parameter's name"),
            patternText(
              /^[^\x00-\x09\x0b\x0c\x0e-\x1f\x7f]{0,512}$/,
              "a query parameter's value: at most 512 signs",
            ),
          ),
          "Query parameters.",
        ),
      }),
      "For API Gateway and API destinations.",
    ),
    KinesisParameters: optional(
      properties({ PartitionKeyPath: required(text().max(256), "Path of the partition key.") }),
      "For streams.",
    ),
    EcsParameters: optional(nested(), "For tasks."),
    BatchParameters: optional(nested(), "For jobs."),
    RunCommandParameters: optional(nested(), "For Run Command."),
    RedshiftDataParameters: optional(nested(), "For Redshift."),
    SageMakerPipelineParameters: optional(nested(), "For SageMaker."),
    AppSyncParameters: optional(nested(), "For AppSync."),
    DeadLetterConfig: optional(
      properties({ Arn: optional(limitedText(1600, 1), "ARN of a queue.") }),
      "Where events go that could not be delivered.",
    ),
    RetryPolicy: optional(
      properties({
        MaximumRetryAttempts: optional(wholeNumber(0, 185), "How often it is tried again.", { default: 185 }),
        MaximumEventAgeInSeconds: optional(wholeNumber(60, 86_400), "For how long it is tried.", {
          default: 86_400,
        }),
      }),
      "How often and how long delivery is tried.",
      { default: {}, defaultWords: "185 times in 24 hours" },
    ),
  }),
  dependencies: {
    rule: { type: RULE, required: true, parent: true, deletedFirst: true },
    ...CALLED,
    role: { type: "IAM::Role", fills: "RoleArn", with: "Arn" },
  },
  inspect: (one, spec) => [
    ...untrustedBy(one, spec, { principal: EVENTS, name: "EventBridge" }),
    ...closedTo(one, spec, EVENTS),
  ],
  identity: { by: "parent", property: "Id" },
  id: "Id",
  called: "`target::RULE::ID`",
  canonical: (entry) => nameFrom("Id", { ...entry, name: shortName(entry) }),
  name: ({ dependencies, properties: { Id } }) => targetName(dependencies.rule?.[0] ?? "NO-RULE", textOf(Id)),
  aliases: ({ properties: { Id } }) => [textOf(Id)],
  liveName: ({ Id }, { parent }) => targetName(parent?.name ?? "", textOf(Id)),
  checks: ({ properties: { Arn, Input, InputPath, InputTransformer }, dependencies }) => {
    const keys = Object.keys(CALLED).filter((key) => (own(dependencies, key) ?? []).length > 0);
    const ways = Object.entries({ Input, InputPath, InputTransformer }).filter(
      ([, value]) => !isEmpty(value),
    );
    return [
      ...(isEmpty(Arn) && keys.length === 0
        ? [{ path: "Arn", message: "is required", hint: `Or name one of ${Object.keys(CALLED).join(", ")}.` }]
        : []),
      ...(keys.length > 1
        ? [{ path: `dependencies.${keys[1]}`, message: `is a second target beside ${keys[0]}` }]
        : []),
      ...(ways.length > 1
        ? [{ path: ways[1]?.[0] ?? "", message: `cannot go with ${ways[0]?.[0]}: a target has one of them` }]
        : []),
    ];
  },
  quotas: [{ name: "targets per rule", most: 5 }],
  attributes: { id: "The target's id." },
  permissions: {
    read: ["ListTargetsByRule"],
    write: ["PutTargets", "RemoveTargets"],
    besides: { "iam:PassRole": "to give the target its role" },
  },
  consequence: (live) => `The rule no longer calls ${textOf(live.state.Arn)}.`,
  updates: "replace",
  fromAws: (answer, { parent }) => (parent === undefined ? answer : { ...answer, ...ruleOf(parent) }),
  calls: {
    async list(client, { NextToken }, { parent }) {
      if (parent === undefined) return {};
      const page = await client.listTargetsByRule({ ...ruleOf(parent), NextToken });
      return { Items: page.Targets, NextToken: page.NextToken };
    },
    async create(client, input, { parent }) {
      if (parent === undefined) throw new Error("bug: a target without its rule");
      await client.putTargets(sdkInput({ ...ruleOf(parent), Targets: [input] }));
      return {};
    },
    async update(client, input, { live }) {
      const Targets = [{ ...input, Id: live.id }];
      await client.putTargets(sdkInput({ ...ownRule(live), Targets }));
      return {};
    },
    delete: (client, live) => client.removeTargets({ ...ownRule(live), Ids: [live.id] }),
  },
});

/** The entry's name without the rule's in front, which plans and `getId` write. */
function shortName({ name, dependencies }: Entry): string | undefined {
  const prefix = targetName(dependencies.rule?.[0] ?? "", "");
  return name?.startsWith(prefix) ? name.slice(prefix.length) : name;
}
