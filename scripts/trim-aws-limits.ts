/**
 * Takes the limits of every property (length, pattern, words, range, count) out of AWS's service models, as botocore in
 * .venv has them, and writes them to test/fixtures/aws-limits.json, to which test/contract/limits.test.ts holds the types.
 * Run with `node scripts/trim-aws-limits.ts` after adding a type to the table, or when AWS has changed a limit.
 */
import { globSync, readFileSync, writeFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

/**
 * Type → service in botocore, and the operations whose inputs have its properties; `Below:` puts one under a property,
 * `/Part` takes only a part of the input.
 */
const TYPES: Readonly<Record<string, readonly [service: string, ...operations: string[]]>> = {
  "ACM::Certificate": ["acm", "RequestCertificate"],
  "ApiGatewayV2::Api": ["apigatewayv2", "CreateApi"],
  "ApiGatewayV2::ApiMapping": ["apigatewayv2", "CreateApiMapping"],
  "ApiGatewayV2::Authorizer": ["apigatewayv2", "CreateAuthorizer"],
  "ApiGatewayV2::Deployment": ["apigatewayv2", "CreateDeployment"],
  "ApiGatewayV2::DomainName": ["apigatewayv2", "CreateDomainName"],
  "ApiGatewayV2::Integration": ["apigatewayv2", "CreateIntegration"],
  "ApiGatewayV2::IntegrationResponse": ["apigatewayv2", "CreateIntegrationResponse"],
  "ApiGatewayV2::Model": ["apigatewayv2", "CreateModel"],
  "ApiGatewayV2::Route": ["apigatewayv2", "CreateRoute"],
  "ApiGatewayV2::RouteResponse": ["apigatewayv2", "CreateRouteResponse"],
  "ApiGatewayV2::RoutingRule": ["apigatewayv2", "CreateRoutingRule"],
  "ApiGatewayV2::Stage": ["apigatewayv2", "CreateStage"],
  "ApiGatewayV2::VpcLink": ["apigatewayv2", "CreateVpcLink"],
  "CloudFront::Distribution": [
    "cloudfront",
    "CreateDistributionWithTags/DistributionConfigWithTags.DistributionConfig",
  ],
  "CloudWatch::Dashboard": ["cloudwatch", "PutDashboard"],
  "CloudWatch::MetricAlarm": ["cloudwatch", "PutMetricAlarm"],
  "CloudWatchEvents::EventBus": ["events", "CreateEventBus"],
  "CloudWatchEvents::Rule": ["events", "PutRule"],
  "CloudWatchEvents::Target": ["events", "PutTargets/Targets.*"],
  "CloudWatchLogs::LogGroup": ["logs", "CreateLogGroup"],
  "CognitoIdentityServiceProvider::UserPool": ["cognito-idp", "CreateUserPool"],
  "CognitoIdentityServiceProvider::UserPoolClient": ["cognito-idp", "CreateUserPoolClient"],
  "CognitoIdentityServiceProvider::UserPoolDomain": ["cognito-idp", "CreateUserPoolDomain"],
  "DynamoDB::Table": [
    "dynamodb",
    "CreateTable",
    "TimeToLiveSpecification:UpdateTimeToLive/TimeToLiveSpecification",
    "PointInTimeRecoverySpecification:UpdateContinuousBackups/PointInTimeRecoverySpecification",
  ],
  "IAM::InstanceProfile": ["iam", "CreateInstanceProfile"],
  "IAM::OpenIDConnectProvider": ["iam", "CreateOpenIDConnectProvider"],
  "IAM::Policy": ["iam", "CreatePolicy"],
  "IAM::Role": ["iam", "CreateRole", "Policies.*:PutRolePolicy"],
  "KMS::Key": ["kms", "CreateKey", "EnableKeyRotation"],
  "Lambda::Alias": [
    "lambda",
    "CreateAlias",
    "ProvisionedConcurrencyConfig:PutProvisionedConcurrencyConfig",
    "EventInvokeConfig:PutFunctionEventInvokeConfig",
  ],
  "Lambda::EventSourceMapping": ["lambda", "CreateEventSourceMapping"],
  "Lambda::Function": [
    "lambda",
    "CreateFunction",
    "PutFunctionConcurrency",
    "FunctionUrlConfig:CreateFunctionUrlConfig",
    "EventInvokeConfig:PutFunctionEventInvokeConfig",
  ],
  "Lambda::Layer": ["lambda", "PublishLayerVersion"],
  "Lambda::Permission": ["lambda", "Permissions.*:AddPermission"],
  "Route53::HostedZone": ["route53", "CreateHostedZone"],
  "Route53::Record": ["route53", "ChangeResourceRecordSets/ChangeBatch.Changes.*.ResourceRecordSet"],
  "SNS::Topic": ["sns", "CreateTopic"],
  "SQS::Queue": ["sqs", "CreateQueue"],
  "SSM::Parameter": ["ssm", "PutParameter"],
  "StepFunctions::StateMachine": ["stepfunctions", "CreateStateMachine"],
};

interface Shape {
  readonly type: string;
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly enum?: readonly string[];
  readonly documentation?: string;
  readonly members?: Readonly<Record<string, { readonly shape: string }>>;
  readonly member?: { readonly shape: string };
  readonly key?: { readonly shape: string };
  readonly value?: { readonly shape: string };
}

interface Model {
  readonly shapes: Readonly<Record<string, Shape>>;
  readonly operations: Readonly<Record<string, { readonly input: { readonly shape: string } }>>;
}

type Limit = Pick<Shape, "min" | "max" | "pattern" | "enum">;

function modelOf(service: string): Model {
  const [newest] = globSync(`.venv/lib/*/site-packages/botocore/data/${service}/*/service-2.json.gz`)
    .sort()
    .reverse();
  if (newest === undefined) throw new Error(`botocore has no ${service}; is .venv there?`);
  return JSON.parse(gunzipSync(readFileSync(newest)).toString()) as Model;
}

/** API Gateway says lengths in words only: `A string with a length between [0-1024].` */
function limitOf({ type, min, max, pattern, enum: words, documentation = "" }: Shape): Limit {
  const said =
    type === "string" ? /^<p>A string.* with a length between \[(\d+)-(\d+)\]/.exec(documentation) : null;
  return {
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...(said === null ? {} : { min: Number(said[1]), max: Number(said[2]) }),
    ...(pattern === undefined ? {} : { pattern }),
    ...(words === undefined ? {} : { enum: words }),
  };
}

function collect(
  model: Model,
  name: string,
  path: string,
  found: Record<string, Limit>,
  above: readonly string[],
): void {
  const shape = model.shapes[name];
  if (shape === undefined || above.includes(name)) return;
  const limit = limitOf(shape);
  if (shape.type !== "structure" && Object.keys(limit).length > 0) found[path] = limit;
  const inner = [...above, name];
  const at = (key: string): string => (path === "" ? key : `${path}.${key}`);
  for (const [key, { shape: of }] of Object.entries(shape.members ?? {}))
    collect(model, of, at(key), found, inner);
  if (shape.member !== undefined) collect(model, shape.member.shape, at("*"), found, inner);
  if (shape.key !== undefined) collect(model, shape.key.shape, at("$key"), found, inner);
  if (shape.value !== undefined) collect(model, shape.value.shape, at("*"), found, inner);
}

/** The shape at a path such as `Targets.*` in another. */
function partOf(model: Model, name: string, path: string): string {
  return path
    .split(".")
    .filter((step) => step !== "")
    .reduce((at, step) => {
      const { member, members = {} } = model.shapes[at] ?? { type: "" };
      return (step === "*" ? member?.shape : members[step]?.shape) ?? "";
    }, name);
}

const limits = Object.fromEntries(
  Object.entries(TYPES).map(([type, [service, ...operations]]) => {
    const model = modelOf(service);
    const found: Record<string, Limit> = {};
    for (const written of operations) {
      const [source = "", below = ""] = written.split(":").reverse();
      const [operation = "", part = ""] = source.split("/");
      const input = model.operations[operation]?.input.shape ?? "";
      collect(model, partOf(model, input, part), below, found, []);
    }
    return [type, found];
  }),
);
writeFileSync("test/fixtures/aws-limits.json", `${JSON.stringify(limits, null, 1)}\n`);
