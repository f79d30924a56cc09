/** The service of this folder's types. */
import type { SNS } from "@aws-sdk/client-sns";
import { RAISE, TAG_QUOTA } from "../../aws/classify.ts";
import { actionsWith, type Service } from "../../aws/service.ts";

export const sns: Service<SNS> = {
  name: "SNS",
  region: "regional",
  iamAction: actionsWith("sns"),
  // Repeating CreateTopic with the same attributes gives the topic that is there:
  // https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html
  lookBeforeRepeating: [],
  errors: [
    { code: /^InvalidParameter/, message: /already exists with different/i, class: "exists" },
    { code: /^ConcurrentAccess/, class: "busy", awaiting: "another change of the topic's tags to finish" },
    { code: /^StaleTag/, class: "busy", awaiting: "another change of the topic's tags to finish" },
    { code: /^TagLimitExceeded/, class: "quota", quota: TAG_QUOTA },
    {
      code: /^TopicLimitExceeded/,
      class: "quota",
      quota: { name: "topics in the account and region", value: 100_000, raise: RAISE },
    },
  ],
  load: async (config) => new (await import("@aws-sdk/client-sns")).SNS(config),
};
