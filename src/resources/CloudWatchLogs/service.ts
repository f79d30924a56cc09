/** The service of this folder's types. */
import type { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import { RAISE, TAG_QUOTA } from "../../aws/classify.ts";
import { actionsWith, type Service } from "../../aws/service.ts";

export const logs: Service<CloudWatchLogs> = {
  name: "CloudWatch Logs",
  region: "regional",
  iamAction: actionsWith("logs"),
  lookBeforeRepeating: ["CreateLogGroup"],
  errors: [
    {
      code: /^OperationAborted/,
      class: "busy",
      awaiting: "another change of the log group to finish",
    },
    {
      operation: /ResourcePolicy$/,
      code: /^LimitExceeded/,
      class: "quota",
      // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html
      quota: {
        name: "resource policies of CloudWatch Logs in the account",
        value: 10,
        raise: "Delete a resource policy that is no longer needed; AWS does not raise this quota.",
      },
    },
    {
      operation: /^CreateLogGroup$/,
      code: /^LimitExceeded/,
      class: "quota",
      quota: { name: "log groups in the account", value: "1,000,000", raise: RAISE },
    },
    {
      operation: /^TagResource$/,
      code: /^TooManyTags/,
      class: "quota",
      quota: TAG_QUOTA,
    },
    { code: /^LimitExceeded/, class: "quota", quota: { name: "CloudWatch Logs' quota", raise: RAISE } },
  ],
  load: async (config) => new (await import("@aws-sdk/client-cloudwatch-logs")).CloudWatchLogs(config),
};
