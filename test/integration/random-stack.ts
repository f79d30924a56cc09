/**
 * Random stacks for the convergence tests. The pools of names are small, so that one random stack is also a random edit of
 * another: resources are added, removed, updated, replaced, and change their references.
 */
import fc from "fast-check";
import type { JsonObject } from "../../src/model/values.ts";

/** An entry of a spec, with the results of its functions as plain data. */
export interface RandomEntry {
  readonly group: string;
  readonly type: string;
  readonly name?: string;
  readonly properties: JsonObject;
  readonly dependencies?: Record<string, string | string[]>;
}

export interface RandomStack {
  readonly entries: readonly RandomEntry[];
  /** The files of function folders: path → text. */
  readonly files: Readonly<Record<string, string>>;
}

/** The text of a `resources.js` for the stack. */
export function specText({ entries }: RandomStack): string {
  const lines = entries.map(({ group, type, name, properties, dependencies }) =>
    [
      `  { group: ${JSON.stringify(group)}, type: ${JSON.stringify(type)},`,
      name === undefined ? "" : ` name: ${JSON.stringify(name)},`,
      ` properties: () => (${JSON.stringify(properties)}),`,
      dependencies === undefined ? "" : ` dependencies: () => (${JSON.stringify(dependencies)}),`,
      " },",
    ].join(""),
  );
  return `exports.createResources = () => [\n${lines.join("\n")}\n];\n`;
}

const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(value, { nil: undefined });
const word = fc.constantFrom("alpha", "beta", "gamma", "");
const tags = fc.dictionary(fc.constantFrom("team", "cost-centre", "env"), fc.constantFrom("a", "b"), {
  maxKeys: 2,
});

/** Drops undefined values, which a spec would not contain. */
function given(properties: Record<string, unknown>): JsonObject {
  return JSON.parse(JSON.stringify(properties)) as JsonObject;
}

/** Names of headers as people write them; AWS answers them in lower case. */
const headers = maybe(fc.subarray(["Content-Type", "x-one", "X-Two"], { minLength: 1 }));

const cors = fc.record({
  AllowHeaders: headers,
  ExposeHeaders: headers,
  AllowOrigins: fc.subarray(["https://a.example", "https://b.example"], { minLength: 1 }),
  AllowMethods: maybe(fc.subarray(["GET", "POST", "OPTIONS"], { minLength: 1 })),
  MaxAge: maybe(fc.constantFrom(0, 300)),
});

const route = fc.record({
  key: fc.constantFrom("GET /", "POST /items", "GET /items/{id}", "$default"),
  to: fc.constantFrom("lambda-a", "lambda-b", "http-1", "http-2", "none"),
  authorization: fc.constantFrom("NONE", "AWS_IAM", "JWT", "CUSTOM"),
  scopes: fc.subarray(["read", "write"]),
  operation: maybe(word),
});

const http = fc.record({
  method: fc.constantFrom("GET", "POST", "ANY"),
  timeout: maybe(fc.constantFrom(1000, 5000)),
  parameters: fc.dictionary(
    fc.constantFrom("append:header.one", "overwrite:header.two"),
    fc.constantFrom("$request.path", "fixed"),
    { maxKeys: 2 },
  ),
  responses: maybe(fc.constantFrom("200", "404")),
  /** Without a VPC link AWS forgets it. */
  tls: fc.boolean(),
  description: maybe(word),
});

const stage = fc.record({
  name: fc.constantFrom("$default", "live", "beta"),
  autoDeploy: fc.boolean(),
  variables: fc.dictionary(fc.constantFrom("colour", "size"), fc.constantFrom("red", "blue"), { maxKeys: 2 }),
  logs: fc.boolean(),
  burst: maybe(fc.constantFrom(5, 50)),
  description: maybe(word),
  tags,
});

const api = fc.record({
  name: fc.constantFrom("shop", "admin"),
  description: maybe(word),
  version: maybe(fc.constantFrom("1", "2")),
  cors: maybe(cors),
  disableEndpoint: maybe(fc.boolean()),
  tags,
  routes: fc.uniqueArray(route, { selector: ({ key }) => key, maxLength: 4 }),
  http: fc.record({ "http-1": http, "http-2": http }),
  lambdaFormat: fc.constantFrom("1.0", "2.0"),
  jwt: fc.record({
    audience: fc.subarray(["web", "app"], { minLength: 1 }),
    source: fc.constantFrom("$request.header.Authorization", "$request.header.X-Token"),
  }),
  timeToLive: maybe(fc.constantFrom(0, 60, 300)),
  stages: fc.uniqueArray(stage, { selector: ({ name }) => name, maxLength: 2 }),
});

const lambda = fc.record({
  memory: maybe(fc.constantFrom(128, 256)),
  timeout: maybe(fc.constantFrom(3, 30)),
  description: maybe(word),
  environment: fc.dictionary(fc.constantFrom("TOKEN", "MODE"), fc.constantFrom("x", "y"), { maxKeys: 2 }),
  runtime: fc.constantFrom("nodejs20.x", "nodejs22.x"),
  architecture: maybe(fc.constantFrom("x86_64", "arm64")),
  layers: fc.subarray([
    "arn:aws:lambda:us-east-1:123456789012:layer:one:1",
    "arn:aws:lambda:us-east-1:123456789012:layer:two:1",
  ]),
  code: fc.constantFrom("1", "2", "3"),
  logging: maybe(
    fc.constantFrom<JsonObject>({ LogFormat: "JSON" }, { LogFormat: "Text" }, { LogGroup: "/own" }),
  ),
  url: maybe(fc.record({ AllowHeaders: headers, MaxAge: maybe(fc.constantFrom(0, 60)) })),
  /** Durable functions log JSON unless told otherwise. */
  durable: fc.boolean(),
  permission: fc.boolean(),
  tags,
});

const role = fc.record({
  description: maybe(word),
  session: maybe(fc.constantFrom(3600, 7200)),
  attached: fc.subarray(["own-policy", "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"]),
  inline: maybe(fc.constantFrom("logs:*", "s3:GetObject")),
  path: fc.constantFrom("/", "/app/"),
  tags,
});

const policy = fc.record({
  action: fc.constantFrom("logs:*", "sqs:SendMessage", "dynamodb:GetItem"),
  description: maybe(fc.constantFrom("alpha", "beta")),
});
/** A group of class DELIVERY keeps two days, whatever one says. */
const delivery = fc.boolean();
const logGroup = maybe(fc.record({ retention: maybe(fc.constantFrom(7, 30)), tags }));

const model = fc.record({
  apis: fc.uniqueArray(api, { selector: ({ name }) => name, maxLength: 2 }),
  functions: fc.record({ "lambda-a": lambda, "lambda-b": lambda }),
  role,
  policy,
  logGroup,
  delivery,
});
type Model = typeof model extends fc.Arbitrary<infer T> ? T : never;
type ApiModel = Model["apis"][number];

/** Any stack of the core types that AWS would accept. */
export const randomStack: fc.Arbitrary<RandomStack> = model.map((drawn) => {
  const used = new Set(
    drawn.apis.flatMap((one) => one.routes.map(({ to }) => to)).filter((to) => to.startsWith("lambda-")),
  );
  const needsLogs = drawn.apis.some((one) => one.stages.some(({ logs }) => logs));
  const needsJwt = (one: ApiModel): boolean =>
    one.routes.some(({ authorization }) => authorization === "JWT");
  const needsCustom = (one: ApiModel): boolean =>
    one.routes.some(({ authorization }) => authorization === "CUSTOM");
  if (drawn.apis.some(needsCustom)) used.add("lambda-a");

  const entries: RandomEntry[] = [];
  for (const one of drawn.apis) entries.push(...apiEntries(one, needsJwt(one), needsCustom(one)));
  for (const name of ["lambda-a", "lambda-b"] as const) {
    if (used.has(name)) entries.push(...functionEntries(name, drawn.functions[name]));
  }
  if (used.size > 0) entries.push(roleEntry(drawn.role));
  if (used.size > 0 && drawn.role.attached.includes("own-policy")) entries.push(policyEntry(drawn.policy));
  if (needsLogs || drawn.logGroup !== undefined) {
    entries.push({
      group: "CloudWatchLogs",
      type: "LogGroup",
      properties: given({
        logGroupName: "/shop/access",
        retentionInDays: drawn.logGroup?.retention,
        tags: drawn.logGroup?.tags,
      }),
    });
  }
  if (drawn.delivery) {
    const properties = { logGroupName: "/shop/delivery", logGroupClass: "DELIVERY" };
    entries.push({ group: "CloudWatchLogs", type: "LogGroup", properties });
  }
  const files: Record<string, string> = {};
  for (const name of used) {
    const code = drawn.functions[name as "lambda-a" | "lambda-b"].code;
    files[`${name}/index.js`] = `exports.handler = async () => "${code}";\n`;
  }
  return { entries, files };
});

function apiEntries(one: ApiModel, jwt: boolean, custom: boolean): RandomEntry[] {
  const targets = new Set(one.routes.map(({ to }) => to).filter((to) => to !== "none"));
  const uri = (name: string): string => `https://${name}.example/${one.name}`;
  const integrationName = (to: string): string =>
    `integration::${one.name}::${to.startsWith("http-") ? uri(to) : to}`;
  return [
    {
      group: "ApiGatewayV2",
      type: "Api",
      properties: given({
        Name: one.name,
        ProtocolType: "HTTP",
        Description: one.description,
        Version: one.version,
        CorsConfiguration: one.cors,
        DisableExecuteApiEndpoint: one.disableEndpoint,
        Tags: one.tags,
      }),
    },
    ...[...targets].map((to): RandomEntry => {
      if (to.startsWith("lambda-")) {
        return {
          group: "ApiGatewayV2",
          type: "Integration",
          properties: {
            IntegrationType: "AWS_PROXY",
            IntegrationMethod: "POST",
            PayloadFormatVersion: one.lambdaFormat,
          },
          dependencies: { api: one.name, lambdaFunction: to },
        };
      }
      const drawn = one.http[to as "http-1" | "http-2"];
      return {
        group: "ApiGatewayV2",
        type: "Integration",
        properties: given({
          IntegrationType: "HTTP_PROXY",
          IntegrationMethod: drawn.method,
          IntegrationUri: uri(to),
          PayloadFormatVersion: "1.0",
          TimeoutInMillis: drawn.timeout,
          RequestParameters: drawn.parameters,
          ResponseParameters:
            drawn.responses === undefined
              ? undefined
              : { [drawn.responses]: { "append:header.status": "fixed" } },
          Description: drawn.description,
          TlsConfig: drawn.tls ? { ServerNameToVerify: "tls.example" } : undefined,
        }),
        dependencies: { api: one.name },
      };
    }),
    ...(jwt
      ? [
          {
            group: "ApiGatewayV2",
            type: "Authorizer",
            properties: {
              Name: `${one.name}-jwt`,
              AuthorizerType: "JWT",
              IdentitySource: [one.jwt.source],
              JwtConfiguration: { Audience: one.jwt.audience, Issuer: "https://issuer.example" },
            },
            dependencies: { api: one.name },
          },
        ]
      : []),
    ...(custom
      ? [
          {
            group: "ApiGatewayV2",
            type: "Authorizer",
            properties: given({
              Name: `${one.name}-custom`,
              AuthorizerType: "REQUEST",
              AuthorizerPayloadFormatVersion: "2.0",
              AuthorizerResultTtlInSeconds: one.timeToLive,
              EnableSimpleResponses: true,
              IdentitySource: ["$request.header.Authorization"],
            }),
            dependencies: { api: one.name, lambdaFunction: "lambda-a" },
          },
        ]
      : []),
    ...one.routes.map(
      (drawn): RandomEntry => ({
        group: "ApiGatewayV2",
        type: "Route",
        properties: given({
          RouteKey: drawn.key,
          AuthorizationType: drawn.authorization,
          AuthorizationScopes: drawn.authorization === "JWT" ? drawn.scopes : undefined,
          OperationName: drawn.operation,
        }),
        dependencies: {
          api: one.name,
          ...(drawn.to === "none" ? {} : { integration: integrationName(drawn.to) }),
          ...(drawn.authorization === "JWT" ? { authorizer: `${one.name}-jwt` } : {}),
          ...(drawn.authorization === "CUSTOM" ? { authorizer: `${one.name}-custom` } : {}),
        },
      }),
    ),
    ...one.stages.map(
      (drawn): RandomEntry => ({
        group: "ApiGatewayV2",
        type: "Stage",
        properties: given({
          StageName: drawn.name,
          AutoDeploy: drawn.autoDeploy,
          StageVariables: drawn.variables,
          AccessLogSettings: drawn.logs ? { Format: "$context.requestId" } : undefined,
          DefaultRouteSettings:
            drawn.burst === undefined
              ? undefined
              : { ThrottlingBurstLimit: drawn.burst, ThrottlingRateLimit: 100 },
          Description: drawn.description,
          Tags: drawn.tags,
        }),
        dependencies: { api: one.name, ...(drawn.logs ? { logGroup: "/shop/access" } : {}) },
      }),
    ),
  ];
}

function functionEntries(name: string, drawn: Model["functions"]["lambda-a"]): RandomEntry[] {
  const entry: RandomEntry = {
    group: "Lambda",
    type: "Function",
    properties: given({
      Configuration: {
        FunctionName: name,
        Handler: "index.handler",
        Runtime: drawn.runtime,
        MemorySize: drawn.memory,
        Timeout: drawn.timeout,
        Description: drawn.description,
        Environment:
          Object.keys(drawn.environment).length === 0 ? undefined : { Variables: drawn.environment },
        Architectures: drawn.architecture === undefined ? undefined : [drawn.architecture],
        Layers: drawn.layers,
        LoggingConfig: drawn.logging,
        DurableConfig: drawn.durable ? { ExecutionTimeout: 60, RetentionPeriodInDays: 7 } : undefined,
        FunctionUrlConfig:
          drawn.url === undefined
            ? undefined
            : { AuthType: "AWS_IAM", Cors: { AllowOrigins: ["https://a.example"], ...drawn.url } },
      },
      Tags: drawn.tags,
    }),
    dependencies: { role: "lambda-role" },
  };
  if (!drawn.permission) return [entry];
  const permission: RandomEntry = {
    group: "Lambda",
    type: "Permission",
    properties: {
      Permissions: [
        {
          Action: "lambda:InvokeFunction",
          FunctionName: name,
          Principal: "apigateway.amazonaws.com",
          StatementId: "api",
        },
      ],
    },
    dependencies: { lambdaFunction: name },
  };
  return [entry, permission];
}

function roleEntry(drawn: Model["role"]): RandomEntry {
  return {
    group: "IAM",
    type: "Role",
    properties: given({
      RoleName: "lambda-role",
      Path: drawn.path,
      Description: drawn.description,
      MaxSessionDuration: drawn.session,
      AssumeRolePolicyDocument: {
        Version: "2012-10-17",
        Statement: [
          { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" },
        ],
      },
      Policies:
        drawn.inline === undefined
          ? undefined
          : [
              {
                PolicyName: "inline",
                PolicyDocument: {
                  Version: "2012-10-17",
                  Statement: [{ Effect: "Allow", Action: [drawn.inline], Resource: "*" }],
                },
              },
            ],
      Tags: Object.entries(drawn.tags).map(([Key, Value]) => ({ Key, Value })),
    }),
    dependencies: { policies: drawn.attached },
  };
}

function policyEntry(drawn: Model["policy"]): RandomEntry {
  return {
    group: "IAM",
    type: "Policy",
    properties: given({
      PolicyName: "own-policy",
      Description: drawn.description,
      PolicyDocument: {
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: drawn.action, Resource: "*" }],
      },
    }),
  };
}
