/** The service of this folder's types. */
import type { KMS } from "@aws-sdk/client-kms";
import { RAISE, TAG_QUOTA } from "../../aws/classify.ts";
import { actionsWith, type Service } from "../../aws/service.ts";

export const kms: Service<KMS> = {
  name: "KMS",
  region: "regional",
  iamAction: actionsWith("kms"),
  lookBeforeRepeating: ["CreateKey", "CreateAlias"],
  errors: [
    // A role of a moment ago: hashicorp/terraform-provider-aws, internal/service/kms/key.go.
    {
      code: /^MalformedPolicyDocument/,
      message: /invalid principals/i,
      class: "wait",
      awaiting: "KMS to know the principals of the key's policy (a wrong ARN looks the same)",
      deadlineMs: 120_000,
    },
    // https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html
    {
      operation: /^ScheduleKeyDeletion$/,
      code: /^KMSInvalidState/,
      message: /pending deletion/i,
      class: "gone",
    },
    { operation: /^TagResource$/, code: /^LimitExceeded/, class: "quota", quota: TAG_QUOTA },
    {
      code: /^LimitExceeded/,
      class: "quota",
      quota: { name: "keys in the account and region", value: 100_000, raise: RAISE },
    },
  ],
  load: async (config) => new (await import("@aws-sdk/client-kms")).KMS(config),
};
