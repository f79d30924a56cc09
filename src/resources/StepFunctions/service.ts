/** The service of this folder's types. */
import type { SFN } from "@aws-sdk/client-sfn";
import { actionsWith, type Service } from "../../aws/service.ts";

export const stepFunctions: Service<SFN> = {
  name: "SFN",
  region: "regional",
  iamAction: actionsWith("states"),
  // Repeating CreateStateMachine with the same definition gives the machine that is there:
  // https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateStateMachine.html
  lookBeforeRepeating: [],
  errors: [
    {
      code: /^StateMachineDeleting$/,
      class: "wait",
      awaiting: "the state machine of this name to be deleted",
      // Executions of a STANDARD machine are aborted first; those of an EXPRESS one run for up to five minutes.
      deadlineMs: 600_000,
    },
  ],
  load: async (config) => new (await import("@aws-sdk/client-sfn")).SFN(config),
};
