/** IAM's own words. It spreads changes slowly, and answers "not found" or "invalid" for seconds: https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html#troubleshoot_general_eventual-consistency */
import { type ErrorRule, type Quota, RAISE, TAG_QUOTA } from "../../aws/classify.ts";

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const QUOTAS: readonly (readonly [message: RegExp, quota: Quota])[] = [
  [/PoliciesPerRole/, { name: "managed policies attached to a role", value: 10, raise: RAISE }],
  [/RolesPerAccount/, { name: "roles in the account", value: 1000, raise: RAISE }],
  [/PoliciesPerAccount/, { name: "customer-managed policies in the account", value: 1500, raise: RAISE }],
  [
    /PolicySize/,
    {
      name: "size of a managed policy, in characters without spaces",
      value: 6144,
      raise: "Split the document over two policies; AWS does not raise this quota.",
    },
  ],
  [
    /Maximum policy size of 10240|InlinePolicySize/,
    {
      name: "size of a role's inline policies together, in characters without spaces",
      value: 10_240,
      raise: "Move statements to a managed policy; AWS does not raise this quota.",
    },
  ],
  [
    /ACLSizePerRole|TrustPolicySize/i,
    {
      name: "size of a role's trust policy, in characters",
      value: 2048,
      raise: "Ask for more in the Service Quotas console, or name fewer principals.",
    },
  ],
  [
    /VersionsPerPolicy|policy can have (up to )?(only )?5 versions/i,
    {
      name: "versions of a policy",
      value: 5,
      raise: "Delete old versions; AWS does not raise this quota.",
    },
  ],
  [/TagsPer|tag/i, TAG_QUOTA],
];

export const errors: readonly ErrorRule[] = [
  ...QUOTAS.map(
    ([message, quota]): ErrorRule => ({ code: /^LimitExceeded/, message, class: "quota", quota }),
  ),
  { code: /^LimitExceeded/, class: "quota", quota: { name: "an IAM quota", raise: RAISE } },
  {
    code: /^ConcurrentModification/,
    class: "busy",
    awaiting: "another change of the role or policy to finish",
  },
  // A profile or a role of a moment ago: hashicorp/terraform-provider-aws, internal/service/iam/instance_profile.go.
  {
    operation: /^AddRoleToInstanceProfile$/,
    code: /^NoSuchEntity/,
    class: "wait",
    awaiting: "IAM to know the instance profile and its role everywhere",
    deadlineMs: 120_000,
  },
  {
    operation: /^(Attach|Put|Tag|Update|Create|Set)/,
    code: /^NoSuchEntity/,
    message: /is not attachable|does not exist or is not/i,
    class: "wait",
    awaiting: "IAM to know the policy everywhere (a wrong ARN looks the same)",
    deadlineMs: 60_000,
  },
  {
    code: /^MalformedPolicyDocument/,
    message: /invalid principal/i,
    class: "wait",
    awaiting: "IAM to know the principals of the policy (a wrong ARN looks the same)",
    deadlineMs: 120_000,
  },
];
