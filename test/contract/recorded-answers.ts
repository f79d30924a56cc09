/** What the SDK's client answers for one recorded state, by method: the type's own reading makes a live state of it. */
import { isObject, type JsonObject, type JsonValue } from "../../src/model/values.ts";
import { listOf, objectOf, tagsOf, textOf } from "../../src/resources/live-values.ts";
import type { RecordedState } from "./recorded.ts";

/** The id of what a row does not name. */
export const MADE_ID = "abc123";

type Answers = Readonly<Record<string, JsonObject>>;

/** API Gateway's lists: method, and the member that holds the id. */
const GATEWAY: Readonly<Record<string, readonly [list: string, id: string]>> = {
  "ApiGatewayV2::Api": ["getApis", "ApiId"],
  "ApiGatewayV2::Integration": ["getIntegrations", "IntegrationId"],
  "ApiGatewayV2::Route": ["getRoutes", "RouteId"],
  "ApiGatewayV2::Stage": ["getStages", "StageName"],
  "ApiGatewayV2::Authorizer": ["getAuthorizers", "AuthorizerId"],
  "ApiGatewayV2::Model": ["getModels", "ModelId"],
  "ApiGatewayV2::IntegrationResponse": ["getIntegrationResponses", "IntegrationResponseId"],
  "ApiGatewayV2::RouteResponse": ["getRouteResponses", "RouteResponseId"],
  "ApiGatewayV2::VpcLink": ["getVpcLinks", "VpcLinkId"],
};

const OTHERS: Readonly<Record<string, (answered: JsonObject) => Answers>> = {
  "ApiGatewayV2::Model": ({ Schema, ...answered }) => ({
    getModels: { Items: [{ ModelId: MADE_ID, ...answered, Schema: JSON.stringify(Schema) }] },
  }),
  "ApiGatewayV2::Deployment": (answered) => ({
    getStages: { Items: [{ StageName: "s", AutoDeploy: true, DeploymentId: MADE_ID }] },
    getDeployments: { Items: [{ DeploymentId: MADE_ID, ...answered }] },
  }),
  "ApiGatewayV2::DomainName": (answered) => ({ getDomainName: answered }),
  "ApiGatewayV2::ApiMapping": (answered) => ({
    getApiMappings: { Items: [{ ApiMappingId: MADE_ID, ...answered }] },
    getApis: { Items: [] },
  }),
  // The recording leaves out the ARN, the names that follow from the first one, and how it is validated.
  "ACM::Certificate": ({ Tags, ...answered }) => {
    const CertificateArn =
      "arn:aws:acm:us-east-1:123456789012:certificate/00000000-0000-4000-8000-000000000001";
    const { DomainName = "x" } = answered;
    return {
      listCertificates: { CertificateSummaryList: [{ CertificateArn, DomainName }] },
      describeCertificate: {
        Certificate: { CertificateArn, SubjectAlternativeNames: [DomainName], ...answered },
      },
      listTagsForCertificate: { Tags: tagsAsList(Tags) },
    };
  },
  "Route53::HostedZone": ({ Tags, HostedZoneConfig, Name = "x." }) => {
    const HostedZone = {
      Id: `/hostedzone/${MADE_ID}`,
      Name,
      CallerReference: "x",
      Config: { ...objectOf(HostedZoneConfig), PrivateZone: false },
    };
    return {
      listHostedZonesByName: { HostedZones: [HostedZone] },
      getHostedZone: { HostedZone },
      listTagsForResource: { ResourceTagSet: { Tags: tagsAsList(Tags) } },
    };
  },
  "Route53::Record": ({ ResourceRecords, ...answered }) => ({
    listResourceRecordSets: {
      ResourceRecordSets: [
        {
          ...answered,
          ...(ResourceRecords === undefined
            ? {}
            : { ResourceRecords: listOf(ResourceRecords).map((Value) => ({ Value })) }),
        },
      ],
    },
  }),
  "Lambda::Function": functionAnswers,
  "Lambda::FunctionUrl": (answered) => ({
    ...functionAnswers({}),
    getFunctionUrlConfig: answered,
  }),
  // Cloud Control calls the state `Enabled` and the function by its name's property.
  "Lambda::EventSourceMapping": ({ Tags, Enabled, FunctionName, ...answered }) => ({
    listEventSourceMappings: {
      EventSourceMappings: [
        {
          UUID: MADE_ID,
          EventSourceMappingArn: "arn:aws:lambda:us-east-1:123456789012:event-source-mapping:abc123",
          FunctionArn: FunctionName ?? "",
          State: Enabled === false ? "Disabled" : "Enabled",
          ...answered,
        },
      ],
    },
    listTags: { Tags: Tags ?? {} },
  }),
  "Lambda::Permission": (answered) => ({
    getPolicy: { Policy: JSON.stringify({ Version: "2012-10-17", Statement: [answered] }) },
  }),
  "IAM::Role": roleAnswers,
  "IAM::Policy": ({ PolicyDocument, ...answered }) => ({
    getPolicy: {
      Policy: { PolicyName: "x", DefaultVersionId: "v1", ...answered, Tags: tagsAsList(answered.Tags) },
    },
    getPolicyVersion: { PolicyVersion: { Document: encoded(PolicyDocument) } },
  }),
  "CloudWatchEvents::Rule": ({ EventPattern, Targets: _others, Tags, ...answered }) => ({
    describeRule: {
      ...answered,
      ...(EventPattern === undefined ? {} : { EventPattern: JSON.stringify(EventPattern) }),
    },
    listTagsForResource: { Tags: tagsAsList(Tags) },
  }),
  "CloudWatchEvents::EventBus": ({ Tags, ...answered }) => ({
    describeEventBus: answered,
    listTagsForResource: { Tags: tagsAsList(Tags) },
  }),
  // Cloud Control tells a table by CloudFormation's properties; DescribeTable by summaries of its own.
  "DynamoDB::Table": ({
    Tags,
    BillingMode,
    TableClass,
    TimeToLiveSpecification,
    SSESpecification,
    ...answered
  }) => ({
    describeTable: {
      Table: {
        TableName: "x",
        TableStatus: "ACTIVE",
        ...answered,
        ...(objectOf(SSESpecification).SSEEnabled === true
          ? { SSEDescription: { Status: "ENABLED", SSEType: "KMS" } }
          : {}),
        ...(BillingMode === undefined ? {} : { BillingModeSummary: { BillingMode } }),
        ...(TableClass === undefined ? {} : { TableClassSummary: { TableClass } }),
      },
    },
    listTagsOfResource: { Tags: tagsAsList(Tags) },
    describeTimeToLive: {
      TimeToLiveDescription: {
        ...objectOf(TimeToLiveSpecification),
        TimeToLiveStatus: objectOf(TimeToLiveSpecification).Enabled === true ? "ENABLED" : "DISABLED",
      },
    },
    describeContinuousBackups: {
      ContinuousBackupsDescription: {
        PointInTimeRecoveryDescription: {
          PointInTimeRecoveryStatus:
            objectOf(answered.PointInTimeRecoverySpecification).PointInTimeRecoveryEnabled === true
              ? "ENABLED"
              : "DISABLED",
        },
      },
    },
  }),
  "CloudWatch::MetricAlarm": ({ Tags, ...answered }) => ({
    describeAlarms: {
      MetricAlarms: [
        {
          AlarmName: "x",
          AlarmArn: "arn:aws:cloudwatch:us-east-1:123456789012:alarm:x",
          ...answered,
        },
      ],
    },
    listTagsForResource: { Tags: tagsAsList(Tags) },
  }),
  "CloudWatch::Dashboard": ({ DashboardBody, Tags, ...answered }) => ({
    getDashboard: { ...answered, DashboardBody: JSON.stringify(DashboardBody) },
    listTagsForResource: { Tags: tagsAsList(Tags) },
  }),
  "SNS::Topic": ({ Attributes, Tags }) => ({
    getTopicAttributes: { Attributes: asTexts(objectOf(Attributes)) },
    listTagsForResource: { Tags: tagsAsList(Tags) },
  }),
  "KMS::Key": ({ Policy, Tags, ...answered }) => ({
    describeKey: { KeyMetadata: { KeyId: MADE_ID, ...answered } },
    getKeyPolicy: { Policy: JSON.stringify(Policy ?? {}) },
    getKeyRotationStatus: { KeyRotationEnabled: false },
    listResourceTags: { Tags: tagsAsList(Tags) },
  }),
  "SSM::Parameter": ({ Tags, ...answered }) => ({
    getParameter: { Parameter: answered },
    describeParameters: { Parameters: [{ Tier: "Standard" }] },
    listTagsForResource: { TagList: tagsAsList(Tags) },
  }),
  "SQS::Queue": ({ Attributes, Tags }) => ({
    getQueueUrl: { QueueUrl: "https://sqs.us-east-1.amazonaws.com/123456789012/x" },
    getQueueAttributes: { Attributes: asTexts(objectOf(Attributes)) },
    listQueueTags: { Tags: Tags ?? {} },
  }),
  "StepFunctions::StateMachine": ({ Tags, ...answered }) => ({
    describeStateMachine: answered,
    listTagsForResource: {
      tags: Object.entries(tagsOf({ Tags: Tags ?? {} })).map(([key, value]) => ({ key, value })),
    },
  }),
  "CloudWatchLogs::LogGroup": ({ Tags, ...answered }) => ({
    describeLogGroups: { logGroups: [{ logGroupName: "x", ...answered }] },
    listTagsForResource: { tags: Tags ?? {} },
  }),
};

/** Types whose answers are known here. */
export const PLAYED_TYPES: readonly string[] = [...Object.keys(GATEWAY), ...Object.keys(OTHERS)];

/** Undefined for a type whose answers are not known here. */
export function answersOf({ type, answered }: Pick<RecordedState, "type" | "answered">): Answers | undefined {
  const own = OTHERS[type];
  if (own !== undefined) return own(answered);
  const [list, id] = GATEWAY[type] ?? [];
  if (list === undefined || id === undefined) return undefined;
  return { [list]: { Items: [{ [id]: MADE_ID, ...answered }] } };
}

function functionAnswers({ Tags, ReservedConcurrentExecutions, ...answered }: JsonObject): Answers {
  const FunctionArn = "arn:aws:lambda:us-east-1:123456789012:function:x";
  const reserved = ReservedConcurrentExecutions ?? null;
  return {
    getFunction: {
      Configuration: { FunctionName: "x", FunctionArn, ...answered },
      Tags: Tags ?? {},
      ...(reserved === null ? {} : { Concurrency: { ReservedConcurrentExecutions: reserved } }),
    },
  };
}

function roleAnswers({ AttachedPolicies, Policies, PermissionsBoundary, ...answered }: JsonObject): Answers {
  const [inline] = listOf(Policies).map(objectOf);
  return {
    getRole: {
      Role: {
        RoleName: "x",
        ...answered,
        AssumeRolePolicyDocument: encoded(answered.AssumeRolePolicyDocument),
        ...(PermissionsBoundary === undefined
          ? {}
          : { PermissionsBoundary: { PermissionsBoundaryArn: PermissionsBoundary } }),
        Tags: tagsAsList(answered.Tags),
      },
    },
    listAttachedRolePolicies: {
      AttachedPolicies: listOf(AttachedPolicies).map((PolicyArn) => ({ PolicyArn })),
    },
    listRolePolicies: { PolicyNames: inline === undefined ? [] : [textOf(inline.PolicyName)] },
    getRolePolicy: { PolicyDocument: encoded(inline?.PolicyDocument) },
  };
}

/** SQS answers every attribute as text. */
function asTexts(attributes: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(attributes).map(([key, value]) => [
      key,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  );
}

/** IAM sends documents percent-encoded. */
function encoded(document: JsonValue | undefined): string {
  return encodeURIComponent(JSON.stringify(document ?? {}));
}

function tagsAsList(tags: JsonValue | undefined): JsonValue {
  if (!isObject(tags)) return tags ?? [];
  return Object.entries(tagsOf({ Tags: tags })).map(([Key, Value]) => ({ Key, Value }));
}
