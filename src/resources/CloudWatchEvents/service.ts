/** The service of this folder's types: EventBridge, once called CloudWatch Events. */
import type { EventBridge } from "@aws-sdk/client-eventbridge";
import { actionsWith, type Service } from "../../aws/service.ts";

export const eventBridge: Service<EventBridge> = {
  name: "EventBridge",
  region: "regional",
  iamAction: actionsWith("events"),
  lookBeforeRepeating: ["CreateEventBus"],
  errors: [
    // Targets that were removed a moment ago still count: hashicorp/terraform-provider-aws, internal/service/events/rule.go.
    {
      operation: /^DeleteRule$/,
      message: /can't be deleted since it has targets/i,
      class: "wait",
      awaiting: "the rule's targets to be gone",
      deadlineMs: 300_000,
    },
    {
      code: /^ValidationException$/,
      message: /cannot be assumed by principal/i,
      class: "wait",
      awaiting: "EventBridge to be able to assume the role",
      deadlineMs: 900_000,
    },
  ],
  load: async (config) => withRefusals(new (await import("@aws-sdk/client-eventbridge")).EventBridge(config)),
};

/**
 * EventBridge answers 200 and says in the answer which targets it refused: an error like any other, so that what goes away with time is
 * asked again. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutTargets.html
 */
function withRefusals(client: EventBridge): EventBridge {
  client.middlewareStack.add(
    (next) => async (args) => {
      const answer = await next(args);
      const [failed] = "FailedEntries" in answer.output ? (answer.output.FailedEntries ?? []) : [];
      if (failed === undefined) return answer;
      throw Object.assign(new Error(failed.ErrorMessage ?? "EventBridge refused the target"), {
        name: failed.ErrorCode ?? "FailedEntry",
      });
    },
    { step: "initialize", name: "gatewrightFailedEntries" },
  );
  return client;
}
