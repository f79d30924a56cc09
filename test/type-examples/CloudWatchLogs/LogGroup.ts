import { NAME, type TypeExample } from "../example.ts";

const KEY = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555";
const OTHER_KEY = "arn:aws:kms:us-east-1:123456789012:key/99999999-2222-3333-4444-555555555555";

export const example: TypeExample = {
  type: "CloudWatchLogs::LogGroup",
  cloudFormation: [
    {
      type: "AWS::Logs::LogGroup",
      renamed: {
        LogGroupName: "logGroupName",
        LogGroupClass: "logGroupClass",
        RetentionInDays: "retentionInDays",
        KmsKeyId: "kmsKeyId",
        DeletionProtectionEnabled: "deletionProtectionEnabled",
        BearerTokenAuthenticationEnabled: "bearerTokenAuthenticationEnabled",
      },
    },
  ],
  differences: {
    "DataProtectionPolicy: only there": "set by a call of its own; not supported",
    "FieldIndexPolicies: only there": "set by a call of its own; not supported",
    "ResourcePolicyDocument: only there": "set by a call of its own; not supported",
    "bearerTokenAuthenticationEnabled: only there":
      "set by a call of its own, not part of CreateLogGroup; not supported",
    "logGroupClass: replaces here only": "no call changes it; CloudFormation refuses the update instead",
    "logGroupClass: there DELIVERY, INFREQUENT_ACCESS, STANDARD; here DELIVERY, ESSENTIALS, INFREQUENT_ACCESS, STANDARD":
      "the SDK's model has ESSENTIALS",
    "logGroupName: required here only": NAME,
    "retentionInDays: there only 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653; here anything":
      "the same days, held by a check that a JSON schema does not show",
  },
  lives: [
    {
      as: "group",
      beside: [],
      full: {
        logGroupName: "/shop/access",
        retentionInDays: 7,
        kmsKeyId: KEY,
        logGroupClass: "INFREQUENT_ACCESS",
        deletionProtectionEnabled: false,
        Tags: { team: "a", empty: "" },
      },
      minimal: { logGroupName: "/shop/access" },
      needed: ["logGroupName"],
      changed: {
        logGroupName: "/shop/others",
        retentionInDays: 30,
        kmsKeyId: OTHER_KEY,
        logGroupClass: "STANDARD",
        deletionProtectionEnabled: true,
        Tags: { team: "b" },
      },
    },
  ],
};
