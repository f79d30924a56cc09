/** Where we differ from CloudFormation's schema, and why. "there" is CloudFormation, "here" is Gatewright. */

const PARENT = "the dependency `api` gives it";
const NAME = "the spec's name of the resource; CloudFormation makes one up";
const IMPORT = "for APIs made from an OpenAPI document; specs write integrations and routes as resources";
const ONE_BY_ONE =
  "RemovePermission and AddPermission of one statement: the resource is the function's whole policy and stays";
const FREE_JSON = "plain JSON there; the SDK knows its members";
const OTHER_CALL = "set by a call of its own, not part of CreateFunction; not supported";

export const differences: Readonly<Record<string, string>> = {
  "ApiGatewayV2::Api BasePath: only there": IMPORT,
  "ApiGatewayV2::Api Body: only there": IMPORT,
  "ApiGatewayV2::Api BodyS3Location: only there": IMPORT,
  "ApiGatewayV2::Api FailOnWarnings: only there": IMPORT,
  "ApiGatewayV2::Api Name: required here only": "CloudFormation lets an imported document name the API",
  "ApiGatewayV2::Authorizer ApiId: only there": PARENT,
  "ApiGatewayV2::Authorizer AuthorizerType: replaces here only":
    "an update merges, and the members of the other type cannot be taken away",
  "ApiGatewayV2::Deployment ApiId: only there": PARENT,
  "ApiGatewayV2::Deployment AutoDeployed: only here":
    "AWS's answer, which generated specs hold; it is not sent",
  "ApiGatewayV2::Integration ApiId: only there": PARENT,
  "ApiGatewayV2::Integration IntegrationResponseSelectionExpression: only here":
    "AWS's answer, which generated specs hold; it is not sent",
  "ApiGatewayV2::Integration ResponseParameters.*.ResponseParameters: only there":
    "CloudFormation wraps what the SDK takes as a map of mappings",
  "ApiGatewayV2::Model ApiId: only there": PARENT,
  "ApiGatewayV2::Route ApiId: only there": PARENT,
  "ApiGatewayV2::Route RequestParameters.*.Required: only here": FREE_JSON,
  "ApiGatewayV2::Stage AccessPolicyId: only there": "reserved; neither the SDK nor the documentation has it",
  "ApiGatewayV2::Stage ApiId: only there": PARENT,
  "ApiGatewayV2::Stage RouteSettings.*.DataTraceEnabled: only here": FREE_JSON,
  "ApiGatewayV2::Stage RouteSettings.*.DetailedMetricsEnabled: only here": FREE_JSON,
  "ApiGatewayV2::Stage RouteSettings.*.LoggingLevel: only here": FREE_JSON,
  "ApiGatewayV2::Stage RouteSettings.*.ThrottlingBurstLimit: only here": FREE_JSON,
  "ApiGatewayV2::Stage RouteSettings.*.ThrottlingRateLimit: only here": FREE_JSON,
  "ApiGatewayV2::VpcLink SubnetIds: required there only": "the dependency `subnets` gives them",

  "Lambda::Function Code: required there only":
    "the folder of the function's name is its code when none is given",
  "Lambda::Function DurableConfig.ExecutionTimeout: required there only": "optional in the SDK's model",
  "Lambda::Function DurableConfig.RetentionPeriodInDays: 14 there when not given; here not said":
    "compared only where the spec says it: AWS fills it in for durable functions",
  "Lambda::Function FunctionName: required here only": NAME,
  "Lambda::Function FunctionScalingConfig: only there": OTHER_CALL,
  "Lambda::Function FunctionUrlConfig.Qualifier: only there":
    "URLs of aliases wait for the type Lambda::Alias",
  "Lambda::Function FunctionUrlConfig.TargetFunctionArn: only there":
    "it is the function that the URL is written in",
  "Lambda::Function FunctionUrlConfig: only here":
    "GruCloud's form of AWS::Lambda::Url: a function has at most one",
  "Lambda::Function Policy: only here": "GruCloud's older specs: becomes a Lambda::Permission",
  "Lambda::Function Publish: only here": "the SDK's; CloudFormation has AWS::Lambda::Version",
  "Lambda::Function PublishTo: only here": "the SDK's name of PublishToLatestPublished",
  "Lambda::Function PublishToLatestPublished: only there": "a flag there, PublishTo in the SDK",
  "Lambda::Function RecursiveLoop: only there": OTHER_CALL,
  "Lambda::Function Role: required there only": "the dependency `role` gives it",
  "Lambda::Function RuntimeManagementConfig: only there": OTHER_CALL,
  "Lambda::Function SnapStart.ApplyOn: required there only": "optional in the SDK's model",

  "Lambda::Permission FunctionPermissions: only here": "GruCloud's newer name of Permissions",
  "Lambda::Permission Permissions: only here": "one resource holds all statements of a function",
  "Lambda::Permission Permissions[].Action: replaces there only": ONE_BY_ONE,
  "Lambda::Permission Permissions[].EventSourceToken: replaces there only": ONE_BY_ONE,
  "Lambda::Permission Permissions[].FunctionName: replaces there only": ONE_BY_ONE,
  "Lambda::Permission Permissions[].FunctionName: required there only":
    "the dependency `lambdaFunction` gives it",
  "Lambda::Permission Permissions[].FunctionUrlAuthType: replaces there only": ONE_BY_ONE,
  "Lambda::Permission Permissions[].InvokedViaFunctionUrl: replaces there only": ONE_BY_ONE,
  "Lambda::Permission Permissions[].Principal: replaces there only": ONE_BY_ONE,
  "Lambda::Permission Permissions[].PrincipalOrgID: replaces there only": ONE_BY_ONE,
  "Lambda::Permission Permissions[].SourceAccount: replaces there only": ONE_BY_ONE,
  "Lambda::Permission Permissions[].SourceArn: replaces there only": ONE_BY_ONE,

  "IAM::Policy Groups: only there": "attached from the other side; groups are not resources here",
  "IAM::Policy PolicyName: required here only": NAME,
  "IAM::Policy Roles: only there": "attached from the other side: a role's dependency `policies`",
  "IAM::Policy Tags: only here": "CreatePolicy takes tags, and they say that it is ours",
  "IAM::Policy Users: only there": "attached from the other side; users are not resources here",
  "IAM::Role RoleName: required here only": NAME,

  "CloudWatchLogs::LogGroup DataProtectionPolicy: only there": "set by a call of its own; not supported",
  "CloudWatchLogs::LogGroup FieldIndexPolicies: only there": "set by a call of its own; not supported",
  "CloudWatchLogs::LogGroup ResourcePolicyDocument: only there": "set by a call of its own; not supported",
  "CloudWatchLogs::LogGroup bearerTokenAuthenticationEnabled: only there":
    "set by a call of its own, not part of CreateLogGroup; not supported",
  "CloudWatchLogs::LogGroup logGroupClass: replaces here only":
    "no call changes it; CloudFormation refuses the update instead",
  "CloudWatchLogs::LogGroup logGroupClass: there DELIVERY, INFREQUENT_ACCESS, STANDARD; here DELIVERY, ESSENTIALS, INFREQUENT_ACCESS, STANDARD":
    "the SDK's model has ESSENTIALS",
  "CloudWatchLogs::LogGroup logGroupName: required here only": NAME,
  "CloudWatchLogs::LogGroup retentionInDays: there only 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653; here anything":
    "the same days, held by a check that a JSON schema does not show",
};
