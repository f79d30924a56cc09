import * as client from "@aws-sdk/client-sfn";
import type { Ctx } from "../core/context.ts";
import { AwsError } from "../core/errors.ts";
import { sdk } from "../core/sdk.ts";
import { service } from "../core/service.ts";
import { table } from "../core/table.ts";
import { tagAdder } from "../core/tags.ts";
import { COMMON } from "../core/throttle.ts";
import { assumableBy } from "../iam/assume.ts";
import { type RegionState, need } from "../state.ts";

interface Machine {
  readonly arn: string;
  readonly created: Date;
  readonly type: client.StateMachineType;
  readonly tags: Map<string, string>;
  settings: Settings;
  /** When it was asked to go, in ms. */
  deletedAt?: number;
}

type Settings = Required<
  Pick<
    client.CreateStateMachineInput,
    | "name"
    | "definition"
    | "roleArn"
    | "loggingConfiguration"
    | "tracingConfiguration"
    | "encryptionConfiguration"
  >
>;

const machines = table<RegionState, Machine>();
/** How long a machine is DELETING, in ms. */
const GOING = 20_000;

function machine(ctx: Ctx, arn: string | undefined): Machine {
  const found = machines(ctx.region).get(arn ?? "");
  if (found?.deletedAt !== undefined && ctx.now().getTime() - found.deletedAt >= GOING)
    machines(ctx.region).delete(found.arn);
  return need(
    machines(ctx.region).get(arn ?? ""),
    () => new AwsError("StateMachineDoesNotExist", `State Machine Does Not Exist: '${arn}'`),
  );
}

/** What AWS refuses of a definition, as far as anybody here relies on it. */
function checkDefinition(definition = ""): void {
  const bad = (why: string) =>
    new AwsError("InvalidDefinition", `Invalid State Machine Definition: '${why}'`);
  let parsed: { StartAt?: unknown; States?: Record<string, unknown> };
  try {
    parsed = JSON.parse(definition);
  } catch {
    throw bad("INVALID_JSON_DESCRIPTION: Could not parse");
  }
  if (typeof parsed.StartAt !== "string" || parsed.States?.[parsed.StartAt] === undefined)
    throw bad("MISSING_TRANSITION_TARGET: Missing 'Next' target or 'StartAt' state");
}

function checkRole(ctx: Ctx, roleArn = ""): void {
  if (assumableBy(ctx, roleArn, "states.amazonaws.com")) return;
  throw new AwsError(
    "AccessDeniedException",
    "Neither the global service principal states.amazonaws.com, nor the regional one is authorized to assume the provided role.",
  );
}

function checkLogging({ level = "OFF", destinations = [] }: client.LoggingConfiguration = {}): void {
  const arns = destinations.map((one) => one.cloudWatchLogsLogGroup?.logGroupArn ?? "");
  if (level !== "OFF" && arns.length === 0)
    throw new AwsError(
      "InvalidLoggingConfiguration",
      "Invalid Logging Configuration: Must specify exactly one Log Destination.",
    );
  if (arns.some((arn) => !arn.endsWith(":*")))
    throw new AwsError(
      "InvalidLoggingConfiguration",
      "Invalid Logging Configuration: The LogDestination ARN must end with ':*'.",
    );
}

const addTags = tagAdder(
  ({ kind, message }) => new AwsError(kind === "too-many" ? "TooManyTags" : "ValidationException", message),
);

const on = sdk<client.SFN>(client);

/** Step Functions: state machines and their tags. */
export const states = service(
  {
    id: "states",
    protocol: "aws-json",
    key: "AWSStepFunctions",
    missing: (member) =>
      new AwsError(
        "ValidationException",
        `1 validation error detected: Value null at '${member}' failed to satisfy constraint: Member must not be null`,
      ),
    ...COMMON,
    tagged: (ctx) => [...machines(ctx.region).values()].map(({ arn, tags }) => ({ arn, tags })),
  },
  client,
  [
    on("createStateMachine", (ctx, input) => {
      const { name = "", definition = "", roleArn = "", type = "STANDARD" } = input;
      if (!/^[\w-]{1,80}$/.test(name)) throw new AwsError("InvalidName", `Invalid Name: '${name}'`);
      checkDefinition(definition);
      checkLogging(input.loggingConfiguration);
      checkRole(ctx, roleArn);
      const arn = `arn:${ctx.partition}:states:${ctx.regionName}:${ctx.accountId}:stateMachine:${name}`;
      const settings: Settings = {
        name,
        definition,
        roleArn,
        loggingConfiguration: { level: "OFF", includeExecutionData: false, ...input.loggingConfiguration },
        tracingConfiguration: { enabled: false, ...input.tracingConfiguration },
        encryptionConfiguration: input.encryptionConfiguration ?? { type: "AWS_OWNED_KEY" },
      };
      const present = machines(ctx.region).get(arn);
      if (present?.deletedAt !== undefined) {
        if (ctx.now().getTime() - present.deletedAt < GOING)
          throw new AwsError("StateMachineDeleting", `State Machine is being deleted: '${arn}'`);
      } else if (present !== undefined) {
        const same = (one: Settings) => JSON.stringify({ ...one, roleArn: "" });
        if (same(present.settings) !== same(settings) || present.type !== type)
          throw new AwsError("StateMachineAlreadyExists", `State Machine Already Exists: '${arn}'`);
        return { stateMachineArn: arn, creationDate: present.created };
      }
      const tags = new Map<string, string>();
      addTags(ctx, tags, input.tags);
      machines(ctx.region).set(arn, { arn, created: ctx.now(), type, tags, settings });
      return { stateMachineArn: arn, creationDate: ctx.now() };
    }),
    on("describeStateMachine", (ctx, { stateMachineArn }) => {
      const { arn, created, type, settings, deletedAt } = machine(ctx, stateMachineArn);
      return {
        stateMachineArn: arn,
        creationDate: created,
        type,
        status:
          deletedAt === undefined ? client.StateMachineStatus.ACTIVE : client.StateMachineStatus.DELETING,
        ...settings,
      };
    }),
    on("updateStateMachine", (ctx, input) => {
      const found = machine(ctx, input.stateMachineArn);
      if (found.deletedAt !== undefined)
        throw new AwsError("StateMachineDeleting", `State Machine is being deleted: '${found.arn}'`);
      if (
        input.definition === undefined &&
        input.roleArn === undefined &&
        input.loggingConfiguration === undefined &&
        input.tracingConfiguration === undefined
      )
        throw new AwsError(
          "MissingRequiredParameter",
          "Either the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration must be specified.",
        );
      if (input.definition !== undefined) checkDefinition(input.definition);
      if (input.loggingConfiguration !== undefined) checkLogging(input.loggingConfiguration);
      if (input.roleArn !== undefined) checkRole(ctx, input.roleArn);
      const { definition, roleArn, loggingConfiguration, tracingConfiguration, encryptionConfiguration } =
        input;
      const given = {
        definition,
        roleArn,
        loggingConfiguration,
        tracingConfiguration,
        encryptionConfiguration,
      };
      const named = Object.entries(given).filter(([, value]) => value !== undefined);
      found.settings = { ...found.settings, ...Object.fromEntries(named) };
      return { updateDate: ctx.now() };
    }),
    on("deleteStateMachine", (ctx, { stateMachineArn }) => {
      // Deleting what is not there succeeds.
      const found = machines(ctx.region).get(stateMachineArn ?? "");
      if (found !== undefined) found.deletedAt ??= ctx.now().getTime();
    }),
    on("tagResource", (ctx, { resourceArn, tags }) => addTags(ctx, machine(ctx, resourceArn).tags, tags)),
    on("untagResource", (ctx, { resourceArn, tagKeys = [] }) => {
      for (const key of tagKeys) machine(ctx, resourceArn).tags.delete(key);
    }),
    on("listTagsForResource", (ctx, { resourceArn }) => ({
      tags: [...machine(ctx, resourceArn).tags].map(([key, value]) => ({ key, value })),
    })),
  ],
);
