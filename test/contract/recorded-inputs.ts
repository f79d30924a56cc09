/** What recordings leave out of a call: ids, names, the code, whatever the service needs besides. */
import { DynamoDB } from "@aws-sdk/client-dynamodb";
import { EventBridge } from "@aws-sdk/client-eventbridge";
import { SFN } from "@aws-sdk/client-sfn";
import { SQS } from "@aws-sdk/client-sqs";
import type { JsonObject } from "../../src/model/values.ts";
import { textOf } from "../../src/resources/live-values.ts";
import { type Clients, trust, zip } from "../fakes/aws/testing.ts";
import type { RecordedSequence } from "./recorded.ts";

type Call = RecordedSequence["calls"][number];
/** Ids by member: `ApiId`, `RouteId`. */
type Known = Readonly<Record<string, string>>;
type Complete = (operation: string, own: JsonObject, known: Known) => JsonObject;

const FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:x";
export const INVOKE = `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${FUNCTION}/invocations`;
const GROUP = "arn:aws:logs:us-east-1:123456789012:log-group:x";
const ROLE = "arn:aws:iam::123456789012:role/x";
const QUEUE = "https://sqs.us-east-1.amazonaws.com/123456789012/x";

const TABLE = {
  AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
  KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
  ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 5 },
};

interface Player {
  client(clients: Clients): object;
  readonly complete: Complete;
}

const PLAYERS: Readonly<Record<string, Player>> = {
  ApiGatewayV2: { client: ({ api }) => api, complete: gatewayInput },
  Lambda: { client: ({ lambda }) => lambda, complete: functionInput },
  IAM: { client: ({ iam }) => iam, complete: iamInput },
  CloudWatchLogs: {
    client: ({ logs }) => logs,
    complete: (operation, own) =>
      /tag/i.test(operation) ? { resourceArn: GROUP, ...own } : { logGroupName: "x", ...own },
  },
  SQS: {
    client: ({ fake }) => new SQS({ ...fake.clientConfig(), maxAttempts: 1 }),
    complete: (operation, own) => ({
      ...(operation === "CreateQueue" ? {} : { QueueUrl: QUEUE }),
      ...(operation === "GetQueueAttributes" ? { AttributeNames: ["All"] } : {}),
      ...own,
    }),
  },
  CloudWatchEvents: {
    client: ({ fake }) => new EventBridge({ ...fake.clientConfig(), maxAttempts: 1 }),
    complete: (operation, own) => ({
      ...(operation === "PutRule" ? { ScheduleExpression: "rate(1 hour)" } : {}),
      ...(operation === "PutTargets" ? { Targets: [{ Id: "a", Arn: FUNCTION }] } : {}),
      ...own,
    }),
  },
  DynamoDB: {
    client: ({ fake }) => new DynamoDB({ ...fake.clientConfig(), maxAttempts: 1 }),
    complete: (operation, own) => ({ ...(operation === "CreateTable" ? TABLE : {}), ...own }),
  },
  StepFunctions: {
    client: ({ fake }) => new SFN({ ...fake.clientConfig(), maxAttempts: 1 }),
    // A letter stands for a definition.
    complete: (_operation, { definition, ...own }) =>
      definition === undefined
        ? own
        : { roleArn: ROLE, ...own, definition: definitionOf(textOf(definition)) },
  },
};

export function clientFor(clients: Clients, type: string): object {
  return playerOf(type).client(clients);
}

/** The recorded input with what the recording leaves out. */
export function inputOf(type: string, known: Known, { operation, input }: Call): JsonObject {
  return playerOf(type).complete(operation, input, known);
}

function playerOf(type: string): Player {
  const player = PLAYERS[type.split("::")[0] ?? ""];
  if (player === undefined) throw new Error(`nobody plays ${type}`);
  return player;
}

function gatewayInput(operation: string, own: JsonObject, known: Known): JsonObject {
  const kind = /^(?:Get|Update|Delete)(Route|Integration|Authorizer|Deployment)(?!s|Settings)/.exec(
    operation,
  )?.[1];
  const id = `${kind}Id`;
  return {
    ApiId: known.ApiId ?? "",
    ...(kind === undefined ? {} : { [id]: known[id] ?? "" }),
    ...gatewayDefaults(operation, own),
    ...own,
    ...(own.AuthorizerId === undefined ? {} : { AuthorizerId: known.AuthorizerId ?? "" }),
  };
}

function gatewayDefaults(operation: string, own: JsonObject): JsonObject {
  if (operation === "CreateIntegration" && own.IntegrationSubtype !== undefined)
    return { CredentialsArn: ROLE };
  if (operation !== "CreateAuthorizer" || own.AuthorizerUri !== undefined) return {};
  return {
    Name: "a",
    IdentitySource: ["$request.header.a"],
    AuthorizerUri: INVOKE,
    AuthorizerPayloadFormatVersion: "2.0",
  };
}

function functionInput(operation: string, own: JsonObject, known: Known): JsonObject {
  if (["TagResource", "UntagResource", "ListTags"].includes(operation)) return { Resource: FUNCTION, ...own };
  const base = { FunctionName: "x", ...own, ...(own.ZipFile === undefined ? {} : { ZipFile: packaged() }) };
  if (operation !== "CreateFunction") return base;
  const Role = known.Role ?? "";
  if (own.PackageType === "Image")
    return { ...base, Role, Code: { ImageUri: "123456789012.dkr.ecr.us-east-1.amazonaws.com/x:1" } };
  return { Runtime: "nodejs22.x", Handler: "f.handler", ...base, Role, Code: { ZipFile: packaged() } };
}

/** JSON has no bytes: the SDK takes them as they are. */
const packaged = (): never => zip() as never;

function iamInput(operation: string, own: JsonObject): JsonObject {
  if (operation === "CreateRole")
    return { RoleName: "x", AssumeRolePolicyDocument: trust("lambda.amazonaws.com"), ...own };
  const rights = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "logs:*", Resource: "*" }] };
  if (operation === "CreatePolicy")
    return { PolicyName: "x", PolicyDocument: JSON.stringify(rights), ...own };
  return operation === "ListRoles" ? own : { RoleName: "x", ...own };
}

function definitionOf(Comment: string): string {
  return JSON.stringify({ Comment, StartAt: "A", States: { A: { Type: "Succeed" } } });
}
