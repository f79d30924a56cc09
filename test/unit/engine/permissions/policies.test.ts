import { describe, expect, it } from "vitest";
import { rolePolicies, type PolicyDocument } from "../../../../src/engine/permissions/policies.ts";
import { namedTypes } from "../../../../src/engine/names/named-types.ts";
import { makeNaming } from "../../../../src/engine/names/naming.ts";
import { resourceTypes } from "../../../../src/resources/registry.ts";
import { loadSpec } from "../../../../src/spec/load/load.ts";
import { namePattern } from "../../../../src/spec/physical-names.ts";
import { memorySource } from "../../../integration/harness.ts";

const SPEC = `exports.createResources = () => [
  { type: "Role", group: "IAM", properties: () => ({ RoleName: "r", AssumeRolePolicyDocument: { Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }] } }),
    dependencies: () => ({ policies: ["p"] }) },
  { type: "Policy", group: "IAM", properties: () => ({ PolicyName: "p", PolicyDocument: { Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "logs:*", Resource: "*" }] } }) },
  { type: "Function", group: "Lambda", properties: ({ config }) => ({ FunctionName: "f", Runtime: "nodejs22.x", Handler: "f.handler",
      Code: { ZipFile: "UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==" },
      Environment: { Variables: { KEY: config.secret("/shop/stripe"), TABLE: config.parameter("/shop/table:3") } } }),
    dependencies: () => ({ role: "r" }) },
  { type: "Alias", group: "Lambda", properties: () => ({ Name: "live", FunctionVersion: "1" }),
    dependencies: () => ({ lambdaFunction: "f" }) },
  { type: "Api", group: "ApiGatewayV2", properties: () => ({ Name: "a", ProtocolType: "HTTP" }) },
  { type: "Key", group: "KMS", properties: () => ({ Description: "k" }), name: "k" },
  { type: "Topic", group: "SNS", readOnly: true, properties: () => ({ Name: "theirs" }) },
];`;

const DOMAIN_SPEC = `exports.createResources = () => [
  { type: "DomainName", group: "ApiGatewayV2", readOnly: true, properties: () => ({ DomainName: "api.example.com" }) },
  { type: "Api", group: "ApiGatewayV2", properties: () => ({ Name: "a", ProtocolType: "HTTP" }) },
  { type: "Stage", group: "ApiGatewayV2", properties: () => ({ StageName: "s", AutoDeploy: true }),
    dependencies: () => ({ api: "a" }) },
  { type: "ApiMapping", group: "ApiGatewayV2", properties: () => ({ ApiMappingKey: "" }),
    dependencies: () => ({ domainName: "api.example.com", stage: "a::s" }) },
  { type: "RoutingRule", group: "ApiGatewayV2", properties: () => ({ Priority: 1 }),
    dependencies: () => ({ domainName: "api.example.com", stage: "a::s" }) },
];`;

const CODE_SPEC = `exports.createResources = () => [
  { type: "Function", group: "Lambda", properties: () => ({ FunctionName: "image",
      Code: { ImageUri: "210987654321.dkr.ecr.eu-west-2.amazonaws.com/shop/orders:v12" } }),
    dependencies: () => ({ role: "arn:aws:iam::123456789012:role/r" }) },
  { type: "Function", group: "Lambda", properties: () => ({ FunctionName: "bucket", Runtime: "nodejs22.x", Handler: "f.handler",
      Code: { S3Bucket: "builds", S3Key: "f.zip", S3ObjectVersion: "3" }, Layers: ["arn:aws:lambda:eu-west-2:123456789012:layer:theirs:7"] }),
    dependencies: () => ({ role: "arn:aws:iam::123456789012:role/r", layers: ["tools"] }) },
  { type: "Layer", group: "Lambda", properties: () => ({ LayerName: "tools", Content: { S3Bucket: "builds", S3Key: "layer.zip" } }) },
];`;

const OTHER_SPEC = `exports.createResources = () => [
  { type: "UserPool", group: "CognitoIdentityServiceProvider", properties: () => ({ PoolName: "users" }) },
  { type: "UserPoolClient", group: "CognitoIdentityServiceProvider", properties: () => ({ ClientName: "web" }),
    dependencies: () => ({ userPool: "users" }) },
  { type: "HostedZone", group: "Route53", properties: () => ({ Name: "example.com." }) },
  { type: "Record", group: "Route53", properties: () => ({ Name: "api.example.com.", Type: "TXT", TTL: 60, ResourceRecords: ["\\"x\\""] }),
    dependencies: () => ({ hostedZone: "example.com." }) },
  { type: "Certificate", group: "ACM", properties: () => ({ DomainName: "api.example.com" }) },
];`;

async function policies(names?: string, written = SPEC) {
  const stage = "dev";
  const spec = await loadSpec(
    {
      source: memorySource({ "resources.js": written, "package.json": '{"name": "shop"}' }),
      directory: ".",
      stage,
      region: "eu-west-2",
      names,
      account: () => Promise.reject(new Error("nobody is asked")),
    },
    resourceTypes,
  );
  const pattern = namePattern(names, stage);
  const naming = pattern === undefined ? undefined : makeNaming(pattern, resourceTypes, spec.resources);
  return rolePolicies({
    ...spec,
    registry: namedTypes(resourceTypes, naming),
    stack: {
      directory: ".",
      stage,
      region: "eu-west-2",
      account: "123456789012",
      partition: "aws",
      projectName: "shop",
    },
  });
}

/** Where a policy allows an action. */
function places({ Statement }: PolicyDocument, action: string): readonly string[] {
  return Statement.filter(({ Action }) => Action.includes(action)).flatMap(({ Resource }) => Resource);
}
const ARN = "arn:aws:lambda:eu-west-2:123456789012:function:";

const BOUNDED_SPEC = `const trust = { Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }] };
exports.createResources = () => [
  { type: "Role", group: "IAM", properties: ({ config }) => ({ RoleName: "bounded", AssumeRolePolicyDocument: trust,
      PermissionsBoundary: "arn:aws:iam::123456789012:policy/most" }), dependencies: () => ({ policies: ["p"] }) },
  { type: "Role", group: "IAM", properties: () => ({ RoleName: "free", AssumeRolePolicyDocument: trust }) },
  { type: "Policy", group: "IAM", properties: () => ({ PolicyName: "p", PolicyDocument: { Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "logs:*", Resource: "*" }] } }) },
];`;

describe("a role with a permissions boundary", () => {
  const BOUNDED = "arn:aws:iam::123456789012:role/bounded";
  const FREE = "arn:aws:iam::123456789012:role/free";
  const conditions = ({ Statement }: PolicyDocument, action: string, place: string) =>
    Statement.filter(
      ({ Action, Resource }) =>
        Action.includes(action) && (Resource.includes(place) || Resource.includes("*")),
    ).map(({ Condition }) => Condition);
  const WITH = { StringLike: { "iam:PermissionsBoundary": "arn:aws:iam::123456789012:policy/most" } };

  it.each([
    "CreateRole",
    "PutRolePermissionsBoundary",
    "PutRolePolicy",
    "DeleteRolePolicy",
    "AttachRolePolicy",
    "DetachRolePolicy",
  ])("is written only with it: iam:%s", async (operation) => {
    const { apply } = await policies(undefined, BOUNDED_SPEC);
    expect(conditions(apply, `iam:${operation}`, BOUNDED)).toEqual([WITH]);
    expect(conditions(apply, `iam:${operation}`, FREE)).toEqual([undefined]);
  });

  it("is written only with it, too, where the spec asks for the boundary's id", async () => {
    const asked = BOUNDED_SPEC.replace('"arn:aws:iam::123456789012:policy/most"', "MOST")
      .replace("({ config })", "({ getId })")
      .replace("MOST", 'getId({ type: "Policy", group: "IAM", name: "most" })')
      .replace(
        "=> [",
        '=> [\n  { type: "Policy", group: "IAM", name: "most", readOnly: true, properties: () => ({}) },',
      );
    const { apply } = await policies(undefined, asked);
    expect(conditions(apply, "iam:CreateRole", BOUNDED)).toEqual([WITH]);
    expect(places(apply, "iam:DeleteRolePermissionsBoundary")).toEqual([FREE]);
    expect(places(apply, "iam:CreatePolicyVersion")).toEqual(["arn:aws:iam::123456789012:policy/p"]);
  });

  it("keeps it: nobody who applies may take it off, or write what it says", async () => {
    const { apply } = await policies(undefined, BOUNDED_SPEC);
    expect(places(apply, "iam:DeleteRolePermissionsBoundary")).toEqual([FREE]);
    const writing = ["iam:CreatePolicyVersion", "iam:DeletePolicy", "iam:DeletePolicyVersion"];
    for (const action of writing)
      expect(places(apply, action)).toEqual(["arn:aws:iam::123456789012:policy/p"]);
  });
});

describe("the policies of a spec's roles", () => {
  it("let the planning role read, and nothing else", async () => {
    const { plan } = await policies();
    const actions = plan.Statement.flatMap(({ Action }) => Action);
    expect(actions.filter((action) => !/:(?:GET|Get|List|Describe|Lookup)/.test(action))).toEqual([]);
    expect(places(plan, "lambda:GetFunction")).toEqual(["*"]);
    expect(places(plan, "secretsmanager:GetSecretValue")).toEqual([
      "arn:aws:secretsmanager:eu-west-2:123456789012:secret:/shop/stripe-??????",
    ]);
    expect(places(plan, "ssm:GetParameter")).toEqual([
      "arn:aws:ssm:eu-west-2:123456789012:parameter/shop/table",
    ]);
  });

  it("let who changed AWS be looked up by a statement of its own, which can be left out", async () => {
    const { plan, apply } = await policies();
    for (const { Statement } of [plan, apply])
      expect(Statement.filter(({ Action }) => Action.includes("cloudtrail:LookupEvents"))).toEqual([
        {
          Sid: "OptionalWhoChangedIt",
          Effect: "Allow",
          Action: ["cloudtrail:LookupEvents"],
          Resource: ["*"],
        },
      ]);
  });

  it("let the applying role write what the spec names, and read", async () => {
    const { plan, apply } = await policies();
    expect(apply.Statement.slice(0, plan.Statement.length)).toEqual(plan.Statement);
    expect(places(apply, "lambda:CreateFunction")).toEqual([`${ARN}f`, `${ARN}f:*`]);
    expect(places(apply, "iam:CreateRole")).toEqual(["arn:aws:iam::123456789012:role/r"]);
    expect(places(apply, "iam:CreatePolicy")).toEqual(["arn:aws:iam::123456789012:policy/p"]);
    // A policy is taken off a role, which is what the action is about.
    expect(places(apply, "iam:DetachRolePolicy")).toEqual(["arn:aws:iam::123456789012:role/r"]);
    expect(places(apply, "iam:PassRole")).toEqual(["arn:aws:iam::123456789012:role/r"]);
    expect(places(apply, "apigateway:POST")).toContain("arn:aws:apigateway:eu-west-2::/apis");
    // AWS gives a key its ARN when it is made.
    expect(places(apply, "kms:CreateKey")).toEqual(["*"]);
    expect(places(apply, "kms:ScheduleKeyDeletion")).toEqual([
      "arn:aws:kms:eu-west-2:123456789012:alias/k",
      "arn:aws:kms:eu-west-2:123456789012:key/*",
    ]);
    expect(places(apply, "sns:DeleteTopic")).toEqual([]);
  });

  it("let aliases be written, which AWS asks of the function without them", async () => {
    const { apply } = await policies();
    for (const action of ["CreateAlias", "UpdateAlias", "DeleteAlias", "PutProvisionedConcurrencyConfig"])
      expect(places(apply, `lambda:${action}`), action).toEqual([`${ARN}f`, `${ARN}f:*`]);
  });

  it("let what is of a domain name be written, and its routing rules, whose ARN has the account", async () => {
    const { apply } = await policies(undefined, DOMAIN_SPEC);
    const base = "arn:aws:apigateway:eu-west-2:";
    expect(places(apply, "apigateway:POST")).toEqual(
      expect.arrayContaining([`${base}:/apis`, `${base}:/domainnames`, `${base}:/domainnames/*`]),
    );
    expect(places(apply, "apigateway:CreateRoutingRule")).toContain(`${base}123456789012:/domainnames/*`);
    const { apply: without } = await policies();
    expect(places(without, "apigateway:POST").join()).not.toContain("domainnames");
  });

  it("use the stage's names", async () => {
    const { apply } = await policies("{name}-{stage}");
    expect(places(apply, "lambda:CreateFunction")).toEqual([`${ARN}f-dev`, `${ARN}f-dev:*`]);
    // Of types whose ARN AWS makes, too.
    expect(places(apply, "kms:ScheduleKeyDeletion")).toContain(
      "arn:aws:kms:eu-west-2:123456789012:alias/k-dev",
    );
    const layer = "arn:aws:lambda:eu-west-2:123456789012:layer:tools-dev";
    expect(places((await policies("{name}-{stage}", CODE_SPEC)).apply, "lambda:PublishLayerVersion")).toEqual(
      [layer, `${layer}:*`],
    );
  });

  it("have every action that the spec's types tell, each once for a place", async () => {
    const { apply } = await policies();
    const { planActions, applyActions } = await import("../../../../src/engine/permissions/actions.ts");
    // Its code is no image and in no bucket, and it has no layers.
    const idle = /^(ecr|s3):|^lambda:GetLayerVersion$/;
    for (const type of ["IAM::Role", "IAM::Policy", "Lambda::Function", "ApiGatewayV2::Api", "KMS::Key"])
      for (const action of [...planActions(type), ...applyActions(type)].filter((one) => !idle.test(one)))
        expect(places(apply, action), action).not.toEqual([]);
  });

  it("let code be read where it is, and nothing else", async () => {
    const { plan, apply } = await policies(undefined, CODE_SPEC);
    const repository = ["arn:aws:ecr:eu-west-2:210987654321:repository/shop/orders"];
    expect(places(plan, "ecr:DescribeImages")).toEqual(repository);
    expect(places(plan, "ecr:SetRepositoryPolicy")).toEqual([]);
    for (const action of [
      "BatchGetImage",
      "GetDownloadUrlForLayer",
      "GetRepositoryPolicy",
      "SetRepositoryPolicy",
    ])
      expect(places(apply, `ecr:${action}`), action).toEqual(repository);
    expect(places(apply, "s3:GetObject")).toEqual([
      "arn:aws:s3:::builds/f.zip",
      "arn:aws:s3:::builds/layer.zip",
    ]);
    expect(places(apply, "s3:GetObjectVersion")).toEqual(["arn:aws:s3:::builds/f.zip"]);
    expect(places(apply, "lambda:PublishLayerVersion")).toEqual([
      "arn:aws:lambda:eu-west-2:123456789012:layer:tools",
      "arn:aws:lambda:eu-west-2:123456789012:layer:tools:*",
    ]);
  });

  it("let own layers be read, whatever layers the functions have", async () => {
    const { plan, apply } = await policies(undefined, CODE_SPEC);
    for (const policy of [plan, apply]) expect(places(policy, "lambda:GetLayerVersion")).toContain("*");
    const without = CODE_SPEC.replace('layers: ["tools"]', "").replace(/Layers: \[.*?\]/, "");
    expect(places((await policies(undefined, without)).plan, "lambda:GetLayerVersion")).toEqual(["*"]);
  });

  it("let nothing be looked up for functions that are only referred to", async () => {
    const theirs = CODE_SPEC.replaceAll('group: "Lambda",', 'group: "Lambda", readOnly: true,');
    const { plan } = await policies(undefined, theirs);
    expect(places(plan, "ecr:DescribeImages")).toEqual([]);
    expect(places(plan, "lambda:GetFunction")).toEqual(["*"]);
  });

  it("let what AWS numbers be written by kind and account, and made without a place", async () => {
    const { apply } = await policies(undefined, OTHER_SPEC);
    const pool = ["arn:aws:cognito-idp:eu-west-2:123456789012:userpool/*"];
    for (const action of ["UpdateUserPool", "DeleteUserPool", "CreateUserPoolClient", "DeleteUserPoolClient"])
      expect(places(apply, `cognito-idp:${action}`), action).toEqual(pool);
    expect(places(apply, "cognito-idp:CreateUserPool")).toEqual(["*"]);
    expect(places(apply, "route53:ChangeResourceRecordSets")).toEqual(["arn:aws:route53:::hostedzone/*"]);
    expect(places(apply, "route53:CreateHostedZone")).toEqual(["*"]);
    expect(places(apply, "acm:DeleteCertificate")).toEqual([
      "arn:aws:acm:eu-west-2:123456789012:certificate/*",
    ]);
    expect(places(apply, "acm:RequestCertificate")).toEqual(["*"]);
  });
});
