/** Plays the calls of a recorded sequence to the strict fake, and compares what it answers with what AWS did. */
import { isDeepStrictEqual } from "node:util";
import { isObject, type JsonObject, type JsonValue } from "../../src/model/values.ts";
import { jsonOf, listOf, objectOf, textOf } from "../../src/resources/live-values.ts";
import { type Clients, account, lambdaRole, trust, zip } from "../fakes/aws/testing.ts";
import type { RecordedSequence } from "./recorded.ts";

type Call = RecordedSequence["calls"][number];

const ARN = "arn:aws:lambda:us-east-1:123456789012:function:x";
const INVOKE = `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${ARN}/invocations`;
const GROUP = "arn:aws:logs:us-east-1:123456789012:log-group:x";

/** What is there, and the ids behind the ids of the recording. */
interface Scene {
  readonly clients: Clients;
  readonly type: string;
  /** Members that calls need and recordings leave out: `ApiId`, `RouteId`. The newest of a kind wins. */
  readonly known: Record<string, string>;
}

/** Differences between the recording and the fake, one line each; empty when they agree. */
export async function play(row: RecordedSequence): Promise<string[]> {
  const scene = await setUp(row);
  const found: string[] = [];
  for (const [index, call] of row.calls.entries()) {
    const what = `${index + 1} ${call.operation}`;
    const answer = await send(scene, call);
    if (answer instanceof Refusal) found.push(...refusalDifferences(what, call, answer, scene));
    else if (call.error !== undefined) found.push(`${what}: not refused, AWS says ${call.error.message}`);
    else found.push(...differences(what, call.answer ?? {}, answer));
  }
  return found;
}

async function setUp({ type, protocol = "HTTP", calls }: RecordedSequence): Promise<Scene> {
  const clients = account({ consistency: { functionActive: 0, functionUpdate: 0 } });
  const scene: Scene = { clients, type, known: {} };
  const { api, iam, lambda, logs } = clients;
  const makes = (operation: string): boolean => calls.some((call) => call.operation === operation);
  if (type.startsWith("ApiGatewayV2::") && !makes("CreateApi")) {
    const RouteSelectionExpression = protocol === "HTTP" ? undefined : "$request.body.action";
    const { ApiId = "" } = await api.createApi({
      Name: "x",
      ProtocolType: protocol,
      RouteSelectionExpression,
    });
    scene.known.ApiId = ApiId;
    for (const logGroupName of ["g", "a", "b"]) await logs.createLogGroup({ logGroupName });
    await makeWhatCallsName(scene, calls, ApiId);
  }
  if (type.startsWith("Lambda::")) {
    const Role = await lambdaRole(iam, "x");
    scene.known.Role = Role;
    if (!makes("CreateFunction")) {
      const Code = { ZipFile: zip() };
      await lambda.createFunction({
        FunctionName: "x",
        Role,
        Runtime: "nodejs22.x",
        Handler: "f.handler",
        Code,
      });
      await lambda.getFunction({ FunctionName: "x" });
    }
  }
  if (type === "IAM::Policy")
    await iam.createRole({ RoleName: "x", AssumeRolePolicyDocument: trust("lambda.amazonaws.com") });
  return scene;
}

/** Routes that settings name and authorizers that routes name, where no call of the row makes them. */
async function makeWhatCallsName({ clients: { api }, known }: Scene, calls: readonly Call[], ApiId: string) {
  const refused = calls.flatMap(({ error }) => error?.message ?? []);
  for (const { operation, input } of calls) {
    const made = calls.flatMap((call) =>
      call.operation === "CreateRoute" ? textOf(call.input.RouteKey) : [],
    );
    if (operation === "CreateStage")
      for (const RouteKey of Object.keys(objectOf(input.RouteSettings)))
        if (!made.includes(RouteKey) && !refused.some((text) => text.includes(RouteKey)))
          await api.createRoute({ ApiId, RouteKey });
    const own = calls.some((call) => call.operation === "CreateAuthorizer");
    if (input.AuthorizerId !== undefined && known.AuthorizerId === undefined && !own)
      known.AuthorizerId = await makeAuthorizer(api, ApiId, textOf(input.AuthorizationType));
  }
}

async function makeAuthorizer(api: Clients["api"], ApiId: string, type: string): Promise<string> {
  const { AuthorizerId = "" } =
    type === "JWT"
      ? await api.createAuthorizer({
          ApiId,
          Name: "own",
          AuthorizerType: "JWT",
          IdentitySource: ["$request.header.Authorization"],
          JwtConfiguration: { Issuer: "https://a.example", Audience: ["a"] },
        })
      : await api.createAuthorizer({
          ApiId,
          Name: "own",
          AuthorizerType: "REQUEST",
          IdentitySource: [],
          AuthorizerUri: INVOKE,
        });
  return AuthorizerId;
}

class Refusal {
  readonly name: string;
  readonly message: string;
  readonly status: number;
  constructor({ name, message }: Error, status: number) {
    this.name = name;
    this.message = message;
    this.status = status;
  }
}

async function send(scene: Scene, call: Call): Promise<JsonObject | Refusal> {
  const { clients, type, known } = scene;
  const client = clientFor(clients, type);
  const method: unknown = Reflect.get(
    client,
    call.operation.charAt(0).toLowerCase() + call.operation.slice(1),
  );
  if (typeof method !== "function") throw new Error(`the SDK has no ${call.operation}`);
  // Recordings waited for the last change to be through.
  if (type.startsWith("Lambda::") && /^(Update|Publish|Put)/.test(call.operation))
    await clients.lambda.getFunction({ FunctionName: "x" });
  try {
    const answer: unknown = await Reflect.apply(method, client, [inputOf(scene, call)]);
    const shown = unwrapped(jsonOf(typeof answer === "object" && answer !== null ? answer : {}));
    for (const [key, value] of Object.entries(shown))
      if (
        /^(Api|Route|Integration|Authorizer|Deployment)Id$/.test(key) &&
        call.operation.startsWith("Create")
      )
        known[key] = textOf(value);
    return shown;
  } catch (error) {
    if (!(error instanceof Error) || !("$metadata" in error)) throw error;
    const status = Reflect.get(Object(error.$metadata), "httpStatusCode");
    return new Refusal(error, Number(status));
  }
}

function clientFor({ api, iam, lambda, logs }: Clients, type: string): object {
  if (type.startsWith("ApiGatewayV2::")) return api;
  if (type.startsWith("Lambda::")) return lambda;
  return type.startsWith("IAM::") ? iam : logs;
}

/** The recorded input with what the recording leaves out. */
function inputOf({ type, known }: Scene, { operation, input }: Call): JsonObject {
  const own = { ...input };
  if (own.AuthorizerId !== undefined) own.AuthorizerId = known.AuthorizerId ?? "";
  if (type.startsWith("ApiGatewayV2::"))
    return { ...gatewayIds(operation, known), ...gatewayDefaults(operation, own), ...own };
  if (type.startsWith("Lambda::")) return { ...functionInput(operation, own, known), ...own, ...codeOf(own) };
  if (type.startsWith("IAM::")) return { ...iamInput(operation), ...own };
  return /tag/i.test(operation) ? { resourceArn: GROUP, ...own } : { logGroupName: "x", ...own };
}

function gatewayIds(operation: string, known: Record<string, string>): JsonObject {
  const kind = /^(?:Get|Update|Delete)(Route|Integration|Authorizer|Deployment)(?!s|Settings)/.exec(
    operation,
  )?.[1];
  const id = `${kind}Id`;
  return { ApiId: known.ApiId ?? "", ...(kind === undefined ? {} : { [id]: known[id] ?? "" }) };
}

function gatewayDefaults(operation: string, own: JsonObject): JsonObject {
  if (operation === "CreateIntegration" && own.IntegrationSubtype !== undefined)
    return { CredentialsArn: "arn:aws:iam::123456789012:role/x" };
  if (operation !== "CreateAuthorizer" || own.AuthorizerUri !== undefined) return {};
  return {
    Name: "a",
    IdentitySource: ["$request.header.a"],
    AuthorizerUri: INVOKE,
    AuthorizerPayloadFormatVersion: "2.0",
  };
}

function functionInput(operation: string, own: JsonObject, known: Record<string, string>): JsonObject {
  if (operation === "TagResource" || operation === "UntagResource" || operation === "ListTags")
    return { Resource: ARN };
  if (operation !== "CreateFunction") return { FunctionName: "x" };
  const base = { FunctionName: "x", Role: known.Role ?? "" };
  if (own.PackageType === "Image")
    return { ...base, Code: { ImageUri: "123456789012.dkr.ecr.us-east-1.amazonaws.com/x:1" } };
  return { ...base, Runtime: "nodejs22.x", Handler: "f.handler", Code: { ZipFile: packaged() } };
}

/** JSON has no bytes: the SDK takes them as they are. */
const packaged = (): never => zip() as never;
const codeOf = ({ ZipFile }: JsonObject): JsonObject =>
  ZipFile === undefined ? {} : { ZipFile: packaged() };

function iamInput(operation: string): JsonObject {
  if (operation === "CreateRole")
    return { RoleName: "x", AssumeRolePolicyDocument: trust("lambda.amazonaws.com") };
  const rights = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "logs:*", Resource: "*" }] };
  if (operation === "CreatePolicy") return { PolicyName: "x", PolicyDocument: JSON.stringify(rights) };
  return operation === "ListRoles" ? {} : { RoleName: "x" };
}

/** Recordings show what an answer is about, without the member that holds it; texts that are JSON as objects. */
function unwrapped(answer: JsonObject): JsonObject {
  const { Role, Policy, Configuration, Statement } = answer;
  return {
    ...answer,
    ...objectOf(Role),
    ...objectOf(Policy),
    ...objectOf(Configuration),
    ...(typeof Policy === "string" ? { Policy: JSON.parse(Policy) } : {}),
    ...(typeof Statement === "string" ? { Statement: JSON.parse(Statement) } : {}),
    ...(Array.isArray(answer.Roles)
      ? objectOf(answer.Roles.find((role) => objectOf(role).RoleName === "x"))
      : {}),
  };
}

function refusalDifferences(what: string, { error }: Call, got: Refusal, { known }: Scene): string[] {
  if (error === undefined) return [`${what}: refused: ${got.message}`];
  const found: string[] = [];
  if (got.status !== error.status) found.push(`${what}: status ${got.status}, AWS says ${error.status}`);
  if (got.name !== error.code && got.name !== `${error.code}Exception`)
    found.push(`${what}: ${got.name}, AWS says ${error.code}`);
  const message = error.message.replaceAll("a1b2c3d4e5", known.ApiId ?? "");
  if (got.message !== message) found.push(`${what}: "${got.message}", AWS says "${message}"`);
  return found;
}

/** Members of the top may be more than recorded; below, an answer is whole. `null`: the member is absent. */
function differences(what: string, recorded: JsonObject, got: JsonObject): string[] {
  return Object.entries(recorded).flatMap(([key, value]) => {
    const own = key === "AuthorizerId" && value !== null && got[key] !== undefined ? value : got[key];
    if (same(key, value, own)) return [];
    return [`${what} ${key}: ${JSON.stringify(own)}, AWS says ${JSON.stringify(value)}`];
  });
}

/** Lists of resources and the settings of routes are shown in part. */
const IN_PART = ["Roles", "logGroups", "RouteSettings"];

function same(key: string, recorded: JsonValue, got: JsonValue | undefined): boolean {
  if (recorded === null) return got === undefined;
  if (!IN_PART.includes(key)) return isDeepStrictEqual(withoutNulls(recorded), got);
  if (Array.isArray(recorded))
    return recorded.every((one) => listOf(got).some((other) => contains(objectOf(other), objectOf(one))));
  const mine = objectOf(got);
  return (
    isObject(recorded) &&
    isDeepStrictEqual(Object.keys(recorded), Object.keys(mine)) &&
    Object.entries(recorded).every(([name, one]) => contains(objectOf(mine[name]), objectOf(one)))
  );
}

function withoutNulls(value: JsonValue): JsonValue {
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(([, inner]) => inner !== null);
  return Object.fromEntries(kept.map(([key, inner]) => [key, withoutNulls(inner)]));
}

function contains(whole: JsonObject, part: JsonObject): boolean {
  return Object.entries(part).every(([key, value]) =>
    value === null ? whole[key] === undefined : isDeepStrictEqual(whole[key], value),
  );
}
