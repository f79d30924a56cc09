/**
 * What the credentials must allow, by type: the AWS operations that reading and writing call, and what AWS asks for
 * besides. docs/permissions.md is made from it; a test compares it with the calls in the source of the types.
 */
export interface Permissions {
  /** Operations of planning. */
  readonly read: readonly string[];
  /** Operations of applying, besides. */
  readonly write: readonly string[];
  /** IAM actions that writing needs although no operation is called like it, with the reason. */
  readonly besides?: Readonly<Record<string, string>>;
}

const passRole = { "iam:PassRole": "to hand the role over to API Gateway" };
const gatewayTags = {
  "apigateway:TagResource": "tags, at creation too",
  "apigateway:UntagResource": "tags that are removed",
};
const logDelivery = Object.fromEntries(
  [
    "CreateLogDelivery",
    "GetLogDelivery",
    "UpdateLogDelivery",
    "DeleteLogDelivery",
    "ListLogDeliveries",
    "PutResourcePolicy",
    "DescribeResourcePolicies",
    "DescribeLogGroups",
  ].map((action) => [`logs:${action}`, "access logs"]),
);

export const permissions: Readonly<Record<string, Permissions>> = {
  "ApiGatewayV2::Api": {
    read: ["GetApis"],
    write: [
      "GetApi",
      "CreateApi",
      "UpdateApi",
      "DeleteApi",
      "DeleteCorsConfiguration",
      "TagResource",
      "UntagResource",
    ],
    besides: gatewayTags,
  },
  "ApiGatewayV2::Integration": {
    read: ["GetIntegrations"],
    write: ["CreateIntegration", "UpdateIntegration", "DeleteIntegration"],
    besides: passRole,
  },
  "ApiGatewayV2::Route": {
    read: ["GetRoutes"],
    write: ["GetRoute", "CreateRoute", "UpdateRoute", "DeleteRoute", "DeleteRouteRequestParameter"],
  },
  "ApiGatewayV2::Stage": {
    read: ["GetStages"],
    write: [
      "GetStage",
      "CreateStage",
      "UpdateStage",
      "DeleteStage",
      "DeleteAccessLogSettings",
      "DeleteRouteSettings",
      "TagResource",
      "UntagResource",
    ],
    besides: { ...gatewayTags, ...logDelivery },
  },
  "ApiGatewayV2::Deployment": {
    read: ["GetDeployments", "GetStages"],
    write: [
      "GetDeployment",
      "GetStage",
      "CreateDeployment",
      "UpdateDeployment",
      "DeleteDeployment",
      "UpdateStage",
      "TagResource",
      "UntagResource",
    ],
    besides: gatewayTags,
  },
  "ApiGatewayV2::Authorizer": {
    read: ["GetAuthorizers"],
    write: ["CreateAuthorizer", "UpdateAuthorizer", "DeleteAuthorizer"],
    besides: passRole,
  },
  "Lambda::Function": {
    read: ["GetFunction", "GetFunctionUrlConfig", "GetFunctionCodeSigningConfig"],
    write: [
      "CreateFunction",
      "GetFunctionConfiguration",
      "UpdateFunctionCode",
      "UpdateFunctionConfiguration",
      "DeleteFunction",
      "CreateFunctionUrlConfig",
      "UpdateFunctionUrlConfig",
      "DeleteFunctionUrlConfig",
      "PutFunctionConcurrency",
      "DeleteFunctionConcurrency",
      "PutFunctionCodeSigningConfig",
      "DeleteFunctionCodeSigningConfig",
      "TagResource",
      "UntagResource",
    ],
    besides: {
      "iam:PassRole": "to hand the execution role over to Lambda",
      "lambda:GetLayerVersion": "for functions with layers",
    },
  },
  "Lambda::Permission": {
    read: ["GetPolicy"],
    write: ["AddPermission", "RemovePermission", "TagResource", "UntagResource"],
  },
  "IAM::Role": {
    read: ["GetRole", "ListRolePolicies", "GetRolePolicy", "ListAttachedRolePolicies"],
    write: [
      "CreateRole",
      "UpdateRole",
      "UpdateRoleDescription",
      "UpdateAssumeRolePolicy",
      "DeleteRole",
      "PutRolePolicy",
      "DeleteRolePolicy",
      "AttachRolePolicy",
      "DetachRolePolicy",
      "PutRolePermissionsBoundary",
      "DeleteRolePermissionsBoundary",
      "ListInstanceProfilesForRole",
      "RemoveRoleFromInstanceProfile",
      "TagRole",
      "UntagRole",
    ],
  },
  "IAM::Policy": {
    read: ["GetPolicy", "GetPolicyVersion"],
    write: [
      "CreatePolicy",
      "CreatePolicyVersion",
      "ListPolicyVersions",
      "DeletePolicyVersion",
      "ListEntitiesForPolicy",
      "DetachRolePolicy",
      "DeletePolicy",
      "TagPolicy",
      "UntagPolicy",
    ],
  },
  "CloudWatchLogs::LogGroup": {
    read: ["DescribeLogGroups", "ListTagsForResource"],
    write: [
      "CreateLogGroup",
      "DeleteLogGroup",
      "PutRetentionPolicy",
      "DeleteRetentionPolicy",
      "AssociateKmsKey",
      "DisassociateKmsKey",
      "PutLogGroupDeletionProtection",
      "TagResource",
      "UntagResource",
    ],
  },
};

/** What every stack needs, whatever is in it. */
export const everyStack: readonly string[] = ["sts:GetCallerIdentity", "tag:GetResources"];

const SERVICES: Readonly<Record<string, string>> = { CloudWatchLogs: "CloudWatch Logs" };

/** The SDK's name of the service that a type's group is of. */
export function serviceOf(type: string): string {
  const [group = ""] = type.split("::");
  return SERVICES[group] ?? group;
}
