/** The service of this folder's types. */
import type { CloudWatch } from "@aws-sdk/client-cloudwatch";
import { RAISE, TAG_QUOTA } from "../../aws/classify.ts";
import { actionsWith, type Service } from "../../aws/service.ts";

export const cloudWatch: Service<CloudWatch> = {
  name: "CloudWatch",
  region: "regional",
  iamAction: actionsWith("cloudwatch"),
  // A second Put of the same changes nothing.
  lookBeforeRepeating: [],
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html
  rates: {
    also: {
      DescribeAlarms: { perSecond: 9, burst: 9 },
      PutMetricAlarm: { perSecond: 3, burst: 3 },
      DeleteAlarms: { perSecond: 3, burst: 3 },
    },
  },
  errors: [
    { code: /^DashboardNotFoundError$/, class: "gone" },
    { code: /^ConcurrentModification/, class: "busy", awaiting: "another change of its tags to finish" },
    { operation: /^TagResource$/, code: /^LimitExceeded/, class: "quota", quota: TAG_QUOTA },
    {
      code: /^LimitExceeded/,
      class: "quota",
      quota: { name: "alarms of this kind in the account and region", raise: RAISE },
    },
    {
      message: /composite alarm\(s\) depending on it/,
      class: "refuse",
      hint: "Composite alarms are not made by specs. Change or delete the one that names it; then run the same command.",
    },
  ],
  load: async (config) => new (await import("@aws-sdk/client-cloudwatch")).CloudWatch(config),
};
