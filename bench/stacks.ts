/** The measured stacks, besides the ten resources in test/integration/ten-resources.ts. */
import { specText, type RandomEntry } from "../test/integration/random-stack.ts";

type Files = Readonly<Record<string, string>>;

const entry = (
  group: string,
  type: string,
  properties: RandomEntry["properties"],
  dependencies?: RandomEntry["dependencies"],
): RandomEntry => ({ group, type, properties, ...(dependencies === undefined ? {} : { dependencies }) });

/** An API with this many integrations and routes, each route with its own integration. */
function apiWithRoutes(name: string, routes: number): RandomEntry[] {
  const uris = Array.from({ length: routes }, (_, index) => `https://backend.example/${name}/${index}`);
  return [
    entry("ApiGatewayV2", "Api", { Name: name, ProtocolType: "HTTP" }),
    ...uris.flatMap((uri, index) => [
      entry(
        "ApiGatewayV2",
        "Integration",
        {
          IntegrationType: "HTTP_PROXY",
          IntegrationMethod: "GET",
          IntegrationUri: uri,
          PayloadFormatVersion: "1.0",
        },
        { api: name },
      ),
      entry(
        "ApiGatewayV2",
        "Route",
        { RouteKey: `GET /items/${index}` },
        { api: name, integration: `integration::${name}::${uri}` },
      ),
    ]),
  ];
}

const role = entry("IAM", "Role", {
  RoleName: "lambda-role",
  AssumeRolePolicyDocument: {
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" },
    ],
  },
});

const lambda = (name: string): RandomEntry[] => [
  entry(
    "Lambda",
    "Function",
    { Configuration: { FunctionName: name, Handler: "index.handler", Runtime: "nodejs22.x" } },
    { role: "lambda-role" },
  ),
  entry(
    "Lambda",
    "Permission",
    {
      Permissions: [
        {
          Action: "lambda:InvokeFunction",
          FunctionName: name,
          Principal: "apigateway.amazonaws.com",
          StatementId: "api",
        },
      ],
    },
    { lambdaFunction: name },
  ),
];

const stage = (api: string): RandomEntry =>
  entry("ApiGatewayV2", "Stage", { StageName: "$default", AutoDeploy: true }, { api });

const filesOf = (entries: readonly RandomEntry[]): Files => ({
  "resources.js": specText({ entries, files: {} }),
  ...Object.fromEntries(
    entries
      .filter(({ group, type }) => group === "Lambda" && type === "Function")
      .map(({ properties }) => {
        const { FunctionName } = properties.Configuration as { FunctionName: string };
        return [
          `${FunctionName}/index.js`,
          `exports.handler = async () => ${JSON.stringify(FunctionName)};\n`,
        ];
      }),
  ),
});

/** APIs with routes and integrations, and nothing else. */
export function manyRoutes(apis: number, routes: number): Files {
  return filesOf(Array.from({ length: apis }, (_, index) => apiWithRoutes(`api-${index}`, routes)).flat());
}

/** 120 resources of every type except deployments, whose own rate (one in five seconds) would hide the general one. */
export function hundredTwenty(): Files {
  const apis = ["shop", "admin", "search"];
  const entries = [
    role,
    entry("IAM", "Policy", {
      PolicyName: "lambda-policy",
      PolicyDocument: {
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: ["logs:*"], Resource: "*" }],
      },
    }),
    ...["fn-a", "fn-b"].flatMap(lambda),
    ...apis.flatMap((name) => [...apiWithRoutes(name, 18), stage(name)]),
  ];
  if (entries.length !== 120) throw new Error(`${entries.length} resources, not 120`);
  return filesOf(entries);
}
