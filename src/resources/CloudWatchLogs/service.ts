/** The service of this folder's types. */
import type { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import { actionsWith, type Service } from "../../aws/service.ts";

export const logs: Service<CloudWatchLogs> = {
  name: "CloudWatch Logs",
  region: "regional",
  iamAction: actionsWith("logs"),
  lookBeforeRepeating: ["CreateLogGroup"],
  load: async (config) => new (await import("@aws-sdk/client-cloudwatch-logs")).CloudWatchLogs(config),
};
