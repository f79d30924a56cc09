/**
 * What the workflows need in AWS: trust in GitHub's tokens, two roles, `gatewright-my-api-dev` to apply and `gatewright-my-api-dev-plan` to
 * plan, and the boundary of the roles that they make. An administrator applies this once, before the API:
 *
 *     npx gatewright apply access
 */
const REPOSITORY = "acme/shop";

/** Comments and pushes run with the default branch's workflow. */
const DEFAULT_BRANCH = "ref:refs/heads/main";

const GITHUB = "token.actions.githubusercontent.com";

/**
 * Jobs of the repository; `subjects` says which: https://docs.github.com/actions/reference/openid-connect-reference
 *
 * @param {import("gatewright").Config} config
 * @param {string[]} subjects
 */
const trust = (config, subjects) => ({
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: {
        Federated: `arn:${config.partition}:iam::${config.accountId()}:oidc-provider/${GITHUB}`,
      },
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: {
        StringEquals: {
          [`${GITHUB}:aud`]: "sts.amazonaws.com",
          [`${GITHUB}:sub`]: subjects.map((subject) => `repo:${REPOSITORY}:${subject}`),
        },
      },
    },
  ],
});

// More precisely, by resource type: https://github.com/gatewright/gatewright/blob/main/docs/permissions.md
const READ = [
  "apigateway:GET",
  "iam:Get*",
  "iam:List*",
  "lambda:Get*",
  "lambda:List*",
  "logs:Describe*",
  "logs:List*",
  "tag:GetResources",
];

/** The most that functions may do, whatever the spec gives their roles. Extend it by what they need. */
const AT_MOST = [
  "dynamodb:*Item",
  "dynamodb:Query",
  "dynamodb:Scan",
  "events:PutEvents",
  "execute-api:ManageConnections",
  "lambda:InvokeFunction",
  "logs:CreateLogGroup",
  "logs:CreateLogStream",
  "logs:PutLogEvents",
  "sns:Publish",
  "sqs:ChangeMessageVisibility",
  "sqs:DeleteMessage",
  "sqs:GetQueueAttributes",
  "sqs:ReceiveMessage",
  "sqs:SendMessage",
  "xray:PutTelemetryRecords",
  "xray:PutTraceSegments",
];

const BOUNDARY = "gatewright-boundary";

/**
 * Changes are limited to the region's APIs, and to functions, roles and policies whose names begin with my-api-. Who writes a function's
 * role decides what the function may do, so roles are made and written only with the boundary, which stays as it is, and so do the roles of
 * the workflows: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
 *
 * @param {import("gatewright").Config} config
 */
const write = (config) => {
  const { partition, region } = config;
  const account = config.accountId();
  const boundary = `arn:${partition}:iam::${account}:policy/${BOUNDARY}`;
  return [
    {
      Effect: "Allow",
      Action: ["apigateway:*"],
      Resource: [
        `arn:${partition}:apigateway:${region}::/apis*`,
        `arn:${partition}:apigateway:${region}::/tags/*`,
      ],
    },
    {
      Effect: "Allow",
      Action: ["lambda:*"],
      Resource: `arn:${partition}:lambda:${region}:${account}:function:my-api-*`,
    },
    {
      Effect: "Allow",
      Action: [
        "iam:AttachRolePolicy",
        "iam:CreateRole",
        "iam:DeleteRolePolicy",
        "iam:DetachRolePolicy",
        "iam:PutRolePermissionsBoundary",
        "iam:PutRolePolicy",
      ],
      Resource: `arn:${partition}:iam::${account}:role/my-api-*`,
      Condition: { StringEquals: { "iam:PermissionsBoundary": boundary } },
    },
    {
      Effect: "Allow",
      Action: [
        "iam:CreatePolicy",
        "iam:CreatePolicyVersion",
        "iam:DeletePolicy",
        "iam:DeletePolicyVersion",
        "iam:DeleteRole",
        "iam:GetInstanceProfile",
        "iam:ListEntitiesForPolicy",
        "iam:ListInstanceProfilesForRole",
        "iam:ListPolicyVersions",
        "iam:RemoveRoleFromInstanceProfile",
        "iam:TagPolicy",
        "iam:TagRole",
        "iam:UntagPolicy",
        "iam:UntagRole",
        "iam:UpdateAssumeRolePolicy",
        "iam:UpdateRole",
        "iam:UpdateRoleDescription",
      ],
      Resource: [
        `arn:${partition}:iam::${account}:role/my-api-*`,
        `arn:${partition}:iam::${account}:policy/my-api-*`,
      ],
    },
    {
      Effect: "Allow",
      Action: "iam:PassRole",
      Resource: `arn:${partition}:iam::${account}:role/my-api-*`,
      Condition: {
        StringEquals: { "iam:PassedToService": ["lambda.amazonaws.com", "apigateway.amazonaws.com"] },
      },
    },
    { Effect: "Deny", Action: "iam:DeleteRolePermissionsBoundary", Resource: "*" },
    {
      Effect: "Deny",
      NotAction: ["iam:Get*", "iam:List*"],
      Resource: [boundary, `arn:${partition}:iam::${account}:role/gatewright-my-api-*`],
    },
  ];
};

const reading = {
  PolicyName: "read",
  PolicyDocument: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: READ, Resource: "*" }] },
};

/** @returns {import("gatewright").Resource[]} */
exports.createResources = () => [
  // An account has one for GitHub. Where another stack or tool made it, say so: readOnly: true beside `group`.
  {
    type: "OpenIDConnectProvider",
    group: "IAM",
    properties: { Url: `https://${GITHUB}`, ClientIDList: ["sts.amazonaws.com"] },
  },
  // So is the boundary.
  {
    type: "Policy",
    group: "IAM",
    properties: {
      PolicyName: BOUNDARY,
      Description: "Permissions boundary of the roles that Gatewright makes",
      PolicyDocument: {
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: AT_MOST, Resource: "*" }],
      },
    },
  },
  {
    type: "Role",
    group: "IAM",
    properties: ({ config }) => ({
      RoleName: `gatewright-my-api-${config.stage}`,
      Description: "Applies pull requests",
      AssumeRolePolicyDocument: trust(config, [DEFAULT_BRANCH]),
      Policies: [
        reading,
        { PolicyName: "write", PolicyDocument: { Version: "2012-10-17", Statement: write(config) } },
      ],
    }),
  },
  {
    type: "Role",
    group: "IAM",
    properties: ({ config }) => ({
      RoleName: `gatewright-my-api-${config.stage}-plan`,
      Description: "Plans pull requests; changes nothing",
      // The Action plans in jobs of pull requests.
      AssumeRolePolicyDocument: trust(config, [DEFAULT_BRANCH, "pull_request"]),
      Policies: [reading],
    }),
  },
];
