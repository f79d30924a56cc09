/** The service of this folder's types. */
import type { Lambda } from "@aws-sdk/client-lambda";
import { actionsWith, type Service } from "../../aws/service.ts";

export const lambda: Service<Lambda> = {
  name: "Lambda",
  region: "regional",
  iamAction: actionsWith("lambda"),
  lookBeforeRepeating: ["CreateFunction", "CreateFunctionUrlConfig", "AddPermission"],
  load: async (config) => new (await import("@aws-sdk/client-lambda")).Lambda(config),
};
