/** The service of this folder's types. */
import type { SQS } from "@aws-sdk/client-sqs";
import { actionsWith, type Service } from "../../aws/service.ts";

export const sqs: Service<SQS> = {
  name: "SQS",
  region: "regional",
  iamAction: actionsWith("sqs"),
  // Repeating CreateQueue with the same attributes gives the queue that is there:
  // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html
  lookBeforeRepeating: [],
  load: async (config) =>
    // The client would send each request to the host in the queue's URL, past a configured endpoint.
    new (await import("@aws-sdk/client-sqs")).SQS({ ...config, useQueueUrlAsEndpoint: false }),
};
