/**
 * What the bot's workflow needs in one account: trust in GitHub's tokens, the roles `gatewright-dev` to apply and `gatewright-dev-plan` to
 * plan, and the permissions boundary of the roles that are made. An administrator applies this in each account, once:
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

/**
 * The least that the application's spec needs. After a change of the spec, in the application's directory:
 *
 *     gatewright permissions --stage dev --region eu-west-2 > access/permissions.json
 */
const permissions = require("./permissions.json");

/**
 * What the application's functions may do at most, whatever its spec gives them: the role that applies may only make roles with this boundary,
 * and can neither take it off nor change it. Extend it by what the functions need: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
 */
const AT_MOST = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"];

const planning = { PolicyName: "plan", PolicyDocument: permissions.plan };
const applying = { PolicyName: "apply", PolicyDocument: permissions.apply };

/** @type {import("gatewright").CreateResources} */
exports.createResources = () => [
  {
    type: "OpenIDConnectProvider",
    group: "IAM",
    properties: () => ({ Url: `https://${GITHUB}`, ClientIDList: ["sts.amazonaws.com"] }),
  },
  {
    type: "Policy",
    group: "IAM",
    properties: () => ({
      PolicyName: "gatewright-boundary",
      Description: "Permissions boundary of the roles that Gatewright makes",
      PolicyDocument: {
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: AT_MOST, Resource: "*" }],
      },
    }),
  },
  {
    type: "Role",
    group: "IAM",
    properties: ({ config }) => ({
      RoleName: `gatewright-${config.stage}`,
      Description: "Applies pull requests",
      AssumeRolePolicyDocument: trust(config, [DEFAULT_BRANCH]),
      Policies: [applying],
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
      Policies: [planning],
    }),
  },
];
