import type { Integration } from "@aws-sdk/client-apigatewayv2";
import { badRequest } from "./common.ts";

/** Parameters of each service integration: the required ones first. From AWS's integration subtype reference. */
const SUBTYPES: Record<string, { required: string[]; optional: string[] }> = {
  "EventBridge-PutEvents": {
    required: ["Detail", "DetailType", "Source"],
    optional: ["Time", "EventBusName", "Resources", "Region", "TraceHeader"],
  },
  "SQS-SendMessage": {
    required: ["QueueUrl", "MessageBody"],
    optional: [
      "DelaySeconds",
      "MessageAttributes",
      "MessageDeduplicationId",
      "MessageGroupId",
      "MessageSystemAttributes",
      "Region",
    ],
  },
  "SQS-ReceiveMessage": {
    required: ["QueueUrl"],
    optional: [
      "AttributeNames",
      "MaxNumberOfMessages",
      "MessageAttributeNames",
      "ReceiveRequestAttemptId",
      "VisibilityTimeout",
      "WaitTimeSeconds",
      "Region",
    ],
  },
  "SQS-DeleteMessage": { required: ["ReceiptHandle", "QueueUrl"], optional: ["Region"] },
  "SQS-PurgeQueue": { required: ["QueueUrl"], optional: ["Region"] },
  "AppConfig-GetConfiguration": {
    required: ["Application", "Environment", "Configuration", "ClientId"],
    optional: ["ClientConfigurationVersion", "Region"],
  },
  "Kinesis-PutRecord": {
    required: ["StreamName", "Data", "PartitionKey"],
    optional: ["SequenceNumberForOrdering", "ExplicitHashKey", "Region"],
  },
  "StepFunctions-StartExecution": { required: ["StateMachineArn"], optional: ["Name", "Input", "Region"] },
  "StepFunctions-StartSyncExecution": {
    required: ["StateMachineArn"],
    optional: ["Name", "Input", "Region", "TraceHeader"],
  },
  "StepFunctions-StopExecution": { required: ["ExecutionArn"], optional: ["Cause", "Error", "Region"] },
};

/** Checks a service integration: subtype, role, and exactly the parameters the subtype knows. */
export function checkSubtype(it: Integration): void {
  const subtype = it.IntegrationSubtype ?? "";
  const rules = SUBTYPES[subtype];
  if (rules === undefined) throw badRequest(`Invalid integration subtype specified: ${subtype}`);
  if (it.IntegrationType !== "AWS_PROXY")
    throw badRequest("IntegrationSubtype is supported only for AWS_PROXY integrations");
  if (it.CredentialsArn === undefined)
    throw badRequest(`CredentialsArn is required for integration subtype ${subtype}`);
  if (it.IntegrationUri !== undefined)
    throw badRequest("IntegrationUri is not supported with an integration subtype");
  checkParameters(subtype, it.RequestParameters ?? {});
}

/** Every required parameter, none that the subtype does not know, none empty. */
export function checkParameters(subtype: string, given: Record<string, string>): void {
  const rules = SUBTYPES[subtype];
  if (rules === undefined) throw badRequest(`Invalid integration subtype specified: ${subtype}`);
  for (const [key, value] of Object.entries(given)) {
    if (value === "") {
      throw badRequest(
        "Invalid selection expression specified: Validation Result: warnings : [], errors : [Mapping expression missing source or destination]",
      );
    }
    if (!rules.required.includes(key) && !rules.optional.includes(key)) {
      throw badRequest(`Unsupported parameter ${key} for integration subtype ${subtype}`);
    }
  }
  const missing = rules.required.filter((key) => given[key] === undefined);
  if (missing.length > 0)
    throw badRequest(`Parameter: ${missing.join(", ")} required for integration subtype ${subtype}`);
}
