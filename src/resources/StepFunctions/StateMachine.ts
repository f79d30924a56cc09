/** State machines. Facts: https://docs.aws.amazon.com/step-functions/latest/apireference/API_UpdateStateMachine.html */
import * as z from "zod";
import { sdkInput } from "../../aws/sdk-input.ts";
import type { StackFacts } from "../../model/stack.ts";
import type { JsonObject, JsonValue } from "../../model/values.ts";
import { defineType } from "../define.ts";
import { optional, required } from "../facts.ts";
import { listOf, objectOf, tagsOf } from "../live-values.ts";
import { parsedPolicy } from "../policy/document.ts";
import { untrustedBy } from "../policy/trust.ts";
import { enumText, flag, limitedText, patternText, properties, tags, wholeNumber } from "../schema.ts";
import { stepFunctions } from "./service.ts";

function machineArn({ partition, region, account }: StackFacts, name: string): string {
  return `arn:${partition}:states:${region}:${account}:stateMachine:${name}`;
}

const logDestination = properties({
  cloudWatchLogsLogGroup: required(
    properties({
      logGroupArn: required(limitedText(256, 1), "ARN of the log group, with or without `:*`."),
    }),
    "The log group.",
  ),
});

/** Step Functions wants a log group's ARN with `:*`, which not everything that names one has. */
function endingInStar(destinations: JsonValue): JsonValue {
  return listOf(destinations).map((one) => {
    const { logGroupArn: arn } = objectOf(objectOf(one).cloudWatchLogsLogGroup);
    const ends = typeof arn !== "string" || arn.endsWith(":*");
    return ends ? one : { cloudWatchLogsLogGroup: { logGroupArn: `${arn}:*` } };
  });
}

const asText = (definition: JsonValue | undefined): string =>
  typeof definition === "string" ? definition : JSON.stringify(definition ?? {});

/** The definition goes as text; AWS wants definition and role in every update. */
function sent({ definition, Tags: _own, ...input }: JsonObject): JsonObject {
  return { ...input, definition: asText(definition) };
}

export const stateMachine = defineType({
  type: "StepFunctions::StateMachine",
  summary: "A state machine: the target of service integrations and of rules.",
  service: stepFunctions,
  properties: properties({
    name: required(
      patternText(/^[\w-]{1,80}$/, "a state machine's name: letters, digits, - and _, at most 80"),
      "Name of the state machine, also its name in the spec.",
      { createOnly: true },
    ),
    definition: required(
      z.union([limitedText(1_048_576, 1), z.record(z.string(), z.json())]),
      "The states, in Amazon States Language, as an object or as JSON text.",
      { spelling: parsedPolicy },
    ),
    roleArn: optional(limitedText(256, 1), "Role with which it acts.", {
      defaultWords: "from the dependency role",
    }),
    type: optional(enumText("STANDARD", "EXPRESS"), "Kind of state machine.", {
      default: "STANDARD",
      createOnly: true,
    }),
    loggingConfiguration: optional(
      properties({
        level: optional(enumText("ALL", "ERROR", "FATAL", "OFF"), "What is logged.", { default: "OFF" }),
        includeExecutionData: optional(flag(), "Whether input and output are logged.", { default: false }),
        destinations: optional(z.array(logDestination).max(1), "Where it is logged.", {
          spelling: endingInStar,
        }),
      }),
      "What is logged, and where.",
      { default: {}, defaultWords: "nothing" },
    ),
    tracingConfiguration: optional(
      properties({ enabled: optional(flag(), "Whether X-Ray traces are sent.", { default: false }) }),
      "Tracing with X-Ray.",
      { default: {}, defaultWords: "off" },
    ),
    encryptionConfiguration: optional(
      properties({
        type: optional(enumText("AWS_OWNED_KEY", "CUSTOMER_MANAGED_KMS_KEY"), "Whose key.", {
          default: "AWS_OWNED_KEY",
        }),
        kmsKeyId: optional(limitedText(2048, 1), "The KMS key."),
        kmsDataKeyReusePeriodSeconds: optional(wholeNumber(60, 900), "Seconds a data key is reused.", {
          default: ({ encryptionConfiguration }) =>
            objectOf(encryptionConfiguration).type === "CUSTOMER_MANAGED_KMS_KEY" ? 300 : undefined,
          defaultWords: "300 with a customer's key",
        }),
      }),
      "How the definition and the executions are encrypted.",
      { default: {}, defaultWords: "with AWS's key" },
    ),
    Tags: tags(),
  }),
  dependencies: {
    role: { type: "IAM::Role", fills: "roleArn", with: "Arn" },
    logGroups: { type: "CloudWatchLogs::LogGroup", list: true, orderOnly: true },
    apiGatewayV2Apis: { type: "ApiGatewayV2::Api", list: true, orderOnly: true },
    lambdaFunctions: { type: "Lambda::Function", list: true, orderOnly: true },
    sqsQueues: { type: "SQS::Queue", list: true, orderOnly: true },
  },
  inspect: (one, spec) =>
    untrustedBy(one, spec, { principal: "states.amazonaws.com", name: "Step Functions" }),
  identity: { by: "name", property: "name" },
  physicalName: (name, shortened) => shortened(name, 80),
  id: "stateMachineArn",
  arn: (stack, { name }) => machineArn(stack, name),
  predicted: (Arn) => ({ id: Arn, stateMachineArn: Arn }),
  nameOfArn: (arn) => /^arn:[^:]+:states:[^:]*:\d*:stateMachine:([\w-]+)$/.exec(arn)?.[1],
  foundByTagsAs: "states:stateMachine",
  updates: "replace",
  tags: {
    style: "map",
    set: (client, resourceArn, added) =>
      client.tagResource({
        resourceArn,
        tags: Object.entries(added).map(([key, value]) => ({ key, value })),
      }),
    remove: (client, resourceArn, tagKeys) => client.untagResource({ resourceArn, tagKeys }),
  },
  wait: {
    readiness: ({ attributes: { status } }) => (status === "DELETING" ? "deleting" : "ready"),
    awaiting: ({ name }) => `state machine ${name} to be deleted`,
    // Running executions of an EXPRESS machine end within five minutes; those of a STANDARD one are aborted.
    deadlineMs: 600_000,
    deletion: true,
  },
  checks: ({ properties: { roleArn }, dependencies }) =>
    roleArn === undefined && (dependencies.role ?? []).length === 0
      ? [{ path: "roleArn", message: "is required", hint: "Or name dependencies.role." }]
      : [],
  attributes: {
    id: "The state machine's ARN.",
    "live.Arn": "The state machine's ARN.",
    "live.stateMachineArn": "The state machine's ARN.",
    "live.name": "The state machine's name.",
  },
  outputs: { StateMachineArn: "stateMachineArn" },
  permissions: {
    read: ["DescribeStateMachine", "ListTagsForResource"],
    write: ["CreateStateMachine", "UpdateStateMachine", "DeleteStateMachine", "TagResource", "UntagResource"],
    besides: { "iam:PassRole": "to give the state machine its role" },
  },
  consequence: (live) => `Executions of ${live.name} are stopped, and nothing can start one.`,
  calls: {
    async get(client, _name, { arn = "" }) {
      const [machine, { tags: list = [] }] = await Promise.all([
        client.describeStateMachine({ stateMachineArn: arn }),
        client.listTagsForResource({ resourceArn: arn }),
      ]);
      const Tags = Object.fromEntries(list.map(({ key = "", value = "" }) => [key, value]));
      return { ...machine, Tags };
    },
    create: async (client, input) => {
      const tagList = Object.entries(tagsOf(input)).map(([key, value]) => ({ key, value }));
      const { stateMachineArn } = await client.createStateMachine(
        sdkInput({ ...sent(input), ...(tagList.length === 0 ? {} : { tags: tagList }) }),
      );
      return { stateMachineArn };
    },
    async update(client, input, { live, state }) {
      const loggingConfiguration = {
        ...objectOf(state.loggingConfiguration),
        // What is left out stays.
        destinations: [...listOf(objectOf(state.loggingConfiguration).destinations)],
      };
      await client.updateStateMachine(
        sdkInput({ ...sent(input), loggingConfiguration, stateMachineArn: live.id }),
      );
      return {};
    },
    delete: (client, live) => client.deleteStateMachine({ stateMachineArn: live.id }),
  },
});
