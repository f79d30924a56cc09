import fc from "fast-check";
import { expect, it } from "vitest";
import type { FakeAws } from "../fake-aws.ts";
import { apiGatewayV2 } from "../apigatewayv2/service.ts";
import { iam } from "../iam/service.ts";
import { lambda } from "../lambda/service.ts";
import { logs } from "../logs/service.ts";
import { tagging } from "../tagging/service.ts";
import { account, type Clients, DOCUMENT, FUNCTION_ARN, httpApi, TRUST, zip } from "../testing.ts";
import type { Shape } from "../wire/shapes.ts";

/** Texts that mean something somewhere, so that random calls get past the first check. */
const TEXTS = [
  ..."a,f,r,p,s,$default,GET /x,HTTP,WEBSOCKET,AWS_PROXY,HTTP_PROXY,MOCK,1.0,2.0,https://a.example,NONE,JWT,POST".split(
    ",",
  ),
  ..."nodejs22.x,f.handler,Image,Zip,/a,REQUEST,lambda:InvokeFunction,apigateway.amazonaws.com,*,v1,$request.header.a".split(
    ",",
  ),
  ..."append:header.a,SQS-SendMessage,QueueUrl,application/json,$request.body.action,,é😀,a/b".split(","),
  FUNCTION_ARN,
  TRUST,
  DOCUMENT,
  "arn:aws:iam::123456789012:role/r",
  "arn:aws:iam::123456789012:policy/p",
  "arn:aws:logs:us-east-1:123456789012:log-group:/a",
];

/** Values that fit a member; anything else comes from the texts above, and sometimes these do too. */
const FITTING: Record<string, string[]> = {
  Name: ["a", "b"],
  ProtocolType: ["HTTP", "WEBSOCKET"],
  RouteSelectionExpression: ["$request.method $request.path", "$request.body.action"],
  IntegrationType: ["HTTP_PROXY"],
  IntegrationUri: ["https://a.example"],
  IntegrationMethod: ["GET", "POST"],
  RouteKey: ["GET /x", "POST /y", "$default"],
  StageName: ["s", "t"],
  AuthorizerType: ["JWT"],
  IdentitySource: ["$request.header.a"],
  Audience: ["a"],
  Issuer: ["https://a.example"],
  FunctionName: ["f", "g"],
  Runtime: ["nodejs22.x"],
  Role: ["arn:aws:iam::123456789012:role/r"],
  StatementId: ["s", "t"],
  Action: ["lambda:InvokeFunction"],
  Principal: ["apigateway.amazonaws.com", "*"],
  AuthType: ["NONE", "AWS_IAM"],
  Resource: [FUNCTION_ARN],
  Schema: ["{}"],
  SubnetIds: ["subnet-1"],
  SecurityGroupIds: ["sg-1"],
  RoleName: ["r", "q"],
  PolicyName: ["p", "q"],
  AssumeRolePolicyDocument: [TRUST],
  PolicyDocument: [DOCUMENT],
  PolicyArn: ["arn:aws:iam::123456789012:policy/p", "arn:aws:iam::aws:policy/ReadOnlyAccess"],
  PermissionsBoundary: ["arn:aws:iam::123456789012:policy/p"],
  VersionId: ["v1", "v2", "v3"],
  Marker: [""],
  logGroupName: ["/a", "/b"],
  kmsKeyId: ["arn:aws:kms:us-east-1:123456789012:key/1"],
  resourceArn: ["arn:aws:logs:us-east-1:123456789012:log-group:/a"],
};

/** A random input of a shape: what is required, and up to three members that are not. */
function inputOf(shape: Shape, name = ""): fc.Arbitrary<unknown> {
  switch (shape.kind) {
    case "structure": {
      const of = (names: string[]) =>
        fc.record(
          Object.fromEntries(
            shape
              .members()
              .filter((member) => names.includes(member.name))
              .map((member) => [member.name, inputOf(member.shape, member.name)]),
          ),
        );
      const optional = shape.members().flatMap((m) => (shape.required.has(m.name) ? [] : [m.name]));
      return fc
        .subarray(optional, { maxLength: Math.min(3, optional.length) })
        .chain((more) => of([...shape.required, ...more]));
    }
    case "list":
      return fc.array(inputOf(shape.item(), name), { maxLength: 2 });
    case "map":
      return fc.dictionary(fc.constantFrom(...TEXTS), inputOf(shape.item()), { maxKeys: 2 });
    case "number":
      return fc.constantFrom(0, 1, 3, 14, 50, 128, 512, 3600, 29_000, 100_000, -1);
    case "boolean":
      return fc.boolean();
    case "blob":
      return fc.constantFrom(zip(), zip("2"), new Uint8Array());
    default: {
      const fitting = FITTING[name];
      const any = fc.constantFrom(...TEXTS);
      return fitting === undefined
        ? any
        : fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...fitting) }, any);
    }
  }
}

function idsIn(fake: FakeAws): Record<string, string | undefined> {
  const record = [...fake.state.apis.values()].at(-1);
  const IntegrationId = record?.integrations.keys().next().value;
  return {
    ApiId: record?.api.ApiId,
    IntegrationId,
    RouteId: record?.routes.keys().next().value,
    DeploymentId: record?.deployments.keys().next().value,
    AuthorizerId: record?.authorizers.keys().next().value,
    ResourceArn: `arn:aws:apigateway:us-east-1::/apis/${record?.api.ApiId}`,
    Target: `integrations/${IntegrationId}`,
  };
}

/** Puts back what random calls have deleted, so that the others find something. */
async function restock(clients: Clients): Promise<void> {
  const { api, iam, lambda, fake } = clients;
  const { apis, roles, functions } = fake.state;
  if (!roles.has("r")) await iam.createRole({ RoleName: "r", AssumeRolePolicyDocument: TRUST });
  const last = [...apis.values()].at(-1);
  if (last === undefined || last.authorizers.size + last.integrations.size + last.deployments.size < 3) {
    const { ApiId } = await httpApi(api);
    await api.createDeployment({ ApiId });
    const JwtConfiguration = { Audience: ["a"], Issuer: "https://a.example" };
    const IdentitySource = ["$request.header.a"];
    await api.createAuthorizer({ ApiId, Name: "z", AuthorizerType: "JWT", IdentitySource, JwtConfiguration });
  }
  if (functions.has("f")) return;
  const Role = roles.get("r")?.role.Arn;
  const Code = { ZipFile: zip() };
  await iam.updateAssumeRolePolicy({ RoleName: "r", PolicyDocument: TRUST });
  await lambda.createFunction({ FunctionName: "f", Role, Runtime: "nodejs22.x", Handler: "f.handler", Code });
}

it("F-18 random input never breaks it: each answer is a result or an AWS error", async () => {
  const clients = account();
  const { fake } = clients;
  const services = [
    [apiGatewayV2, clients.api],
    [lambda, clients.lambda],
    [iam, clients.iam],
    [logs, clients.logs],
    [tagging, clients.tagging],
  ] as const;
  const calls = services.flatMap(([service, client]) =>
    [...service.operations.values()].map((operation) =>
      inputOf(operation.shape.input).map((input) => ({ client, operation, input })),
    ),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(...calls),
      fc.integer({ max: 9, min: 0 }),
      async ({ client, operation, input }, real) => {
        const name = operation.shape.name.charAt(0).toLowerCase() + operation.shape.name.slice(1);
        await restock(clients);
        const ids = real > 0 ? idsIn(fake) : {};
        const known = Object.entries(ids).filter(([key]) => Reflect.has(Object(input), key));
        const call: unknown = Reflect.get(client, name);
        if (typeof call !== "function") throw new Error(`no ${name}`);
        try {
          await call.call(client, { ...Object(input), ...Object.fromEntries(known) });
        } catch (error) {
          // The SDK itself refuses an empty label; everything else must be an answer.
          if (error instanceof Error && /^(Empty value|No value) provided for/.test(error.message)) return;
          expect(error).toHaveProperty("$metadata.httpStatusCode");
        }
      },
    ),
    { numRuns: 6000, seed: 20260101 },
  );
  const ok = fake.calls.filter((each) => each.error === undefined);
  expect(new Set(ok.map((each) => each.operation)).size).toBeGreaterThan(80);
});
