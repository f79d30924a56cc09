/** Lambda's own words, which hide several meanings behind one code. */
import { type ErrorRule, RAISE, TAG_QUOTA } from "../../aws/classify.ts";

/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const quotas: readonly ErrorRule[] = [
  { message: /exceeds resource tag limit/i, class: "quota", quota: TAG_QUOTA },
  {
    code: /^CodeStorageExceeded/,
    class: "quota",
    quota: {
      name: "code of all functions and layers in the region",
      value: "75 GB",
      raise: "Delete old versions and functions, or ask for more in the Service Quotas console.",
    },
  },
  {
    code: /^PolicyLengthExceeded/,
    class: "quota",
    quota: {
      name: "size of a function's resource policy, in bytes",
      value: 20_480,
      raise: "Replace several statements by one with a wider SourceArn; AWS does not raise this quota.",
    },
  },
  {
    message: /UnreservedConcurrentExecution/,
    class: "quota",
    quota: {
      name: "concurrent executions that must stay unreserved in the account",
      value: 100,
      raise: "Reserve fewer, or ask for more concurrent executions in the Service Quotas console.",
    },
  },
  {
    message: /maximum number of .*(network interfaces|ENIs)|HyperplaneENILimit|ENILimitReached/i,
    class: "quota",
    quota: { name: "network interfaces of Lambda in a VPC", value: 500, raise: RAISE },
  },
];

export const errors: readonly ErrorRule[] = [
  ...quotas,
  // Minutes are normal: 5.5 were seen, AWS's support says up to 15.
  {
    message: /cannot be assumed by Lambda/i,
    class: "wait",
    awaiting: "Lambda to be able to assume the function's role",
    deadlineMs: 900_000,
    hint: "Check that the role's trust policy allows lambda.amazonaws.com; if it does, run the same command again.",
  },
  {
    message: /execution role does not have permissions|ensure the role can perform/i,
    class: "wait",
    awaiting: "the permissions of the function's role to reach Lambda",
    deadlineMs: 300_000,
    hint: "Give the role the permission that AWS names; in a VPC it needs AWSLambdaVPCAccessExecutionRole.",
  },
  // Also of a destination or a policy that was made a moment ago, as Terraform found: function_event_invoke_config.go.
  {
    operation: /EventInvokeConfig$/,
    message: /destination ARN .* is invalid/i,
    class: "wait",
    awaiting:
      "Lambda to see the destination and the role's permission to write to it (a wrong one looks the same)",
    deadlineMs: 120_000,
    hint: "Check the ARN in DestinationConfig, and that the function's role may send to it: sqs:SendMessage, sns:Publish, lambda:InvokeFunction or events:PutEvents.",
  },
  {
    message: /KMS key is invalid for CreateGrant/i,
    class: "wait",
    awaiting: "the function's role to be known to KMS",
    deadlineMs: 300_000,
  },
  {
    message: /throttled by EC2|EC2ThrottledException/i,
    class: "retry",
    awaiting: "EC2 to stop throttling Lambda",
    deadlineMs: 900_000,
  },
  {
    message: /replicated function/i,
    class: "wait",
    awaiting: "CloudFront to remove the function's replicas",
    deadlineMs: 60_000,
    hint: "CloudFront takes hours to remove them. Run the same command again later.",
  },
  {
    operation: /Permission$/,
    message: /principal was invalid/i,
    class: "wait",
    awaiting: "Lambda to know the principal (a wrong one looks the same)",
    deadlineMs: 120_000,
  },
  {
    code: /^(ResourceConflict|InvalidParameterValue)/,
    message: /in progress|following state|currently being|concurrent (update|operation)|try again later/i,
    class: "busy",
    awaiting: "the current change of the function to finish",
    deadlineMs: 600_000,
  },
  {
    operation: /EventSourceMapping$/,
    code: /^ResourceInUse/,
    class: "busy",
    awaiting: "the mapping's current change to finish",
    deadlineMs: 300_000,
  },
  {
    code: /^PreconditionFailed/,
    class: "busy",
    awaiting: "another change of the function's policy to finish",
  },
  { code: /^ResourceConflict/, message: /exists?\b/i, class: "exists" },
  {
    code: /^ResourceConflict/,
    class: "busy",
    awaiting: "another change of the function to finish",
  },
  { code: /^ResourceNotFound/, message: /not reachable in this region/i, class: "refuse" },
];
