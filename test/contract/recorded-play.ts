/** Plays the calls of a recorded sequence to the strict fake, and compares what it answers with what AWS did. */
import { isDeepStrictEqual } from "node:util";
import { isObject, type JsonObject, type JsonValue } from "../../src/model/values.ts";
import { jsonOf, listOf, objectOf, textOf } from "../../src/resources/live-values.ts";
import { account, type Clients, lambdaRole, trust, zip } from "../fakes/aws/testing.ts";
import type { RecordedSequence } from "./recorded.ts";
import { clientFor, inputOf, INVOKE } from "./recorded-inputs.ts";

type Call = RecordedSequence["calls"][number];

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
  // Recordings waited for what takes time: ten minutes go by from call to call.
  let now = Date.parse("2026-01-01T00:00:00Z");
  const clock = (): number => (now += 600_000);
  const clients = account({ clock, consistency: { functionActive: 0, functionUpdate: 0 } });
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
  const trusted = {
    "IAM::Policy": "lambda.amazonaws.com",
    "StepFunctions::StateMachine": "states.amazonaws.com",
  };
  const service = Object.entries(trusted).find(([of]) => of === type)?.[1];
  if (service !== undefined)
    await iam.createRole({ RoleName: "x", AssumeRolePolicyDocument: trust(service) });
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
    const answer: unknown = await Reflect.apply(method, client, [inputOf(type, known, call)]);
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

/** Recordings show what an answer is about, without the member that holds it; texts that are JSON as objects. */
function unwrapped(answer: JsonObject): JsonObject {
  const { Role, Policy, Configuration, Statement, Table, TableDescription } = answer;
  return {
    ...answer,
    ...objectOf(Role),
    ...objectOf(Policy),
    ...objectOf(Configuration),
    ...objectOf(Table),
    ...objectOf(TableDescription),
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
  if (key === "Attributes") return contains(objectOf(got), objectOf(recorded));
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
