/**
 * What the bot's workflow needs in one account: trust in GitHub's tokens, and the roles `gatewright-dev` to apply and
 * `gatewright-dev-plan` to plan. An administrator applies this in each account, once:
 *
 *     gatewright apply access --stage dev --region eu-west-2 --account 111111111111
 */
const REPOSITORY = "acme/shop";

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

/** Comments and pushes run with the default branch's workflow. */
const DEFAULT_BRANCH = "ref:refs/heads/main";

// docs/permissions.md lists what each resource type needs.
const READ = [
  "apigateway:GET",
  "iam:GetPolicy",
  "iam:GetPolicyVersion",
  "iam:GetRole",
  "iam:GetRolePolicy",
  "iam:ListAttachedRolePolicies",
  "iam:ListRolePolicies",
  "lambda:GetFunction",
  "lambda:GetFunctionCodeSigningConfig",
  "lambda:GetFunctionConfiguration",
  "lambda:GetFunctionEventInvokeConfig",
  "lambda:GetFunctionUrlConfig",
  "lambda:GetPolicy",
  "lambda:ListTags",
  "tag:GetResources",
];
/**
 * Changes are limited to what the application's spec names.
 *
 * @param {import("gatewright").Config} config
 */
const write = (config) => {
  const { partition, region } = config;
  const account = config.accountId();
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
      Resource: `arn:${partition}:lambda:${region}:${account}:function:my-function`,
    },
    {
      Effect: "Allow",
      Action: [
        "iam:AttachRolePolicy",
        "iam:CreatePolicy",
        "iam:CreatePolicyVersion",
        "iam:CreateRole",
        "iam:DeletePolicy",
        "iam:DeletePolicyVersion",
        "iam:DeleteRole",
        "iam:DeleteRolePolicy",
        "iam:DetachRolePolicy",
        "iam:GetInstanceProfile",
        "iam:ListEntitiesForPolicy",
        "iam:ListInstanceProfilesForRole",
        "iam:ListPolicyVersions",
        "iam:PassRole",
        "iam:PutRolePolicy",
        "iam:TagPolicy",
        "iam:TagRole",
        "iam:UntagPolicy",
        "iam:UntagRole",
        "iam:UpdateAssumeRolePolicy",
        "iam:UpdateRole",
        "iam:UpdateRoleDescription",
      ],
      Resource: [
        `arn:${partition}:iam::${account}:role/lambda-role`,
        `arn:${partition}:iam::${account}:policy/lambda-policy`,
      ],
    },
  ];
};

const reading = {
  PolicyName: "read",
  PolicyDocument: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: READ, Resource: "*" }] },
};

/** @type {import("gatewright").CreateResources} */
exports.createResources = () => [
  {
    type: "OpenIDConnectProvider",
    group: "IAM",
    properties: () => ({ Url: `https://${GITHUB}`, ClientIDList: ["sts.amazonaws.com"] }),
  },
  {
    type: "Role",
    group: "IAM",
    properties: ({ config }) => ({
      RoleName: `gatewright-${config.stage}`,
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
      RoleName: `gatewright-${config.stage}-plan`,
      Description: "Plans pull requests; changes nothing",
      // The Action plans in jobs of pull requests.
      AssumeRolePolicyDocument: trust(config, [DEFAULT_BRANCH, "pull_request"]),
      Policies: [reading],
    }),
  },
];
