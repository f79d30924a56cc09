/** Lambda functions. Facts: https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html */
import { isEmpty } from "../../../model/values.ts";
import { objectOf, textOf } from "../../live-values.ts";
import { propertyName } from "../../naming.ts";
import { defineType } from "../../define.ts";
import { canonicalFunction, checkFunction } from "./canonical.ts";
import { inspectCode } from "./code/inspect.ts";
import { functionCompanions } from "./companions.ts";
import { changesVersion } from "./publish.ts";
import { readFunctions } from "./read.ts";
import { runtimeFindings } from "./runtime.ts";
import { derived, functionSchema, packageType } from "./schema.ts";
import { fromSpec, FUNCTION, functionArn } from "./state.ts";
import { createFunction, deleteFunction, updateFunction } from "./write.ts";
import { untrustedBy } from "../../policy/trust.ts";
import { reachRole } from "../../IAM/reach.ts";
import { renewsRole } from "./renew.ts";
import { LAYER, reachLayers } from "../layers.ts";
import { lambda } from "../service.ts";
import { imagePlaces, layerPlaces, objectPlaces, readsObject, unpinnedObject } from "../reads.ts";

export const lambdaFunction = defineType({
  type: FUNCTION,
  summary:
    "A function, with code from the folder of its name, a workflow's artifact, a container image or S3.",
  service: lambda,
  alsoAccepted: {
    Configuration: { as: "Self", says: "Any of these properties, as GruCloud 8 and newer write them." },
  },
  attributes: {
    id: "The function's ARN.",
    "live.Arn": "The function's ARN.",
    "live.FunctionArn": "The function's ARN.",
    "live.FunctionName": "The function's name.",
    "live.PublishedVersion": "The version that Publish made last.",
  },
  changesAttributes: (changes) => (changesVersion(changes) ? ["PublishedVersion"] : []),
  outputs: { FunctionArn: "FunctionArn", FunctionUrl: "FunctionUrl" },
  codeInFolder: ({ properties }) => properties.Code === undefined && packageType(properties) === "Zip",
  codeArtifact: ({ properties }) => textOf(objectOf(properties.Code).Artifact) || undefined,
  codeImage: ({ Code }) => objectOf(Code).ImageUri,
  inspectCode,
  openTo: ({ draft, properties }) =>
    objectOf(properties.FunctionUrlConfig).AuthType === "NONE" ? `the URL of ${draft.name}` : undefined,
  openBy: ["FunctionUrlConfig"],
  codeSize: ({ attributes: { CodeSize } }) => (typeof CodeSize === "number" ? CodeSize : undefined),
  codeAddress: async ({ aws, live }) =>
    (await (await aws.client(lambda)).getFunction({ FunctionName: live.name })).Code?.Location,
  callables({ attributes, state }) {
    const url = textOf(attributes.FunctionUrl);
    if (url === "") return [];
    return objectOf(state.FunctionUrlConfig).AuthType === "NONE"
      ? [{ what: "the function's URL", url, callers: "anybody" }]
      : [{ what: "the function's URL", url, callers: "aws", signedFor: "lambda" }];
  },
  permissions: {
    read: [
      "GetFunction",
      "GetFunctionConfiguration",
      "GetFunctionUrlConfig",
      "GetFunctionCodeSigningConfig",
      "GetFunctionEventInvokeConfig",
    ],
    write: [
      "CreateFunction",
      "UpdateFunctionCode",
      "UpdateFunctionConfiguration",
      "DeleteFunction",
      "CreateFunctionUrlConfig",
      "UpdateFunctionUrlConfig",
      "DeleteFunctionUrlConfig",
      "PutFunctionConcurrency",
      "DeleteFunctionConcurrency",
      "PublishVersion",
      "PutFunctionEventInvokeConfig",
      "DeleteFunctionEventInvokeConfig",
      "PutFunctionCodeSigningConfig",
      "DeleteFunctionCodeSigningConfig",
      "TagResource",
      "UntagResource",
    ],
    besides: {
      "iam:PassRole": "to pass the execution role to Lambda",
      "lambda:GetLayerVersion": "for functions with layers",
      ...readsObject,
      "ecr:BatchGetImage": "for a container image",
      "ecr:GetDownloadUrlForLayer": "for a container image",
      "ecr:GetRepositoryPolicy":
        "Lambda lets itself into an image's repository with the caller's permissions",
      "ecr:SetRepositoryPolicy":
        "Lambda lets itself into an image's repository with the caller's permissions",
    },
    readsBesides: { "ecr:DescribeImages": "to look up which image a tag is" },
  },
  besidesAt: (desired) => ({
    ...objectPlaces(desired.properties.Code, desired.stack),
    ...imagePlaces(desired),
    "lambda:GetLayerVersion": layerPlaces(desired),
  }),
  dependencies: {
    role: { type: "IAM::Role", acceptsArn: true },
    layers: { type: LAYER, list: true, acceptsArn: true },
    subnets: { type: "EC2::Subnet", list: true },
    securityGroups: { type: "EC2::SecurityGroup", list: true },
    kmsKey: { type: "KMS::Key", acceptsArn: true },
    apiGatewayV2Apis: { type: "ApiGatewayV2::Api", list: true, orderOnly: true, aliases: ["apiGatewayV2s"] },
    efsAccessPoints: { type: "EFS::AccessPoint", list: true, orderOnly: true },
    logGroups: { type: "CloudWatchLogs::LogGroup", list: true, orderOnly: true },
  },
  properties: functionSchema,
  derived,
  identity: { by: "name", property: "FunctionName" },
  physicalName: (name, shortened) => shortened(name, 64),
  namedIn: { "LoggingConfig.LogGroup": "CloudWatchLogs::LogGroup" },
  id: "Arn",
  arn: (stack, { name }) => functionArn(stack, name),
  predicted: (FunctionArn) => ({ FunctionArn }),
  tags: "verbs",
  consequence(live) {
    const url = textOf(live.attributes.FunctionUrl);
    const lost = url === "" ? "" : ` Its URL ${url} is lost permanently.`;
    return `Everything that invokes ${live.name} fails.${lost}`;
  },
  canonical: canonicalFunction,
  checks: checkFunction,
  inspect: (one, spec) => [
    ...(typeof one.properties.Runtime === "string" ? runtimeFindings(one.properties.Runtime) : []),
    ...unpinnedObject("Code", one.properties.Code),
    ...untrustedBy(one, spec, { principal: "lambda.amazonaws.com", name: "Lambda" }),
  ],
  companions: (entry) => functionCompanions(propertyName("FunctionName", entry), entry),
  fromSpec,
  replaces(change, before, after) {
    // Durable execution is switched on at creation only:
    // https://docs.aws.amazon.com/lambda/latest/dg/durable-getting-started.html
    if (!change.path.startsWith("DurableConfig")) return undefined;
    return isEmpty(before.DurableConfig) || isEmpty(after.DurableConfig);
  },
  foundByTagsAs: "lambda:function",
  nameOfArn: (arn) => /^arn:[^:]+:lambda:[^:]+:\d+:function:([^:]+)$/.exec(arn)?.[1],
  reaches: ({ state }) => [...reachRole(state.Role), ...reachLayers(state.Layers)],
  renews: renewsRole,
  verbs: { read: readFunctions, create: createFunction, update: updateFunction, delete: deleteFunction },
});
