/** The service of this folder's types. */
import type { SSM } from "@aws-sdk/client-ssm";
import { RAISE, TAG_QUOTA } from "../../aws/classify.ts";
import { actionsWith, type Service } from "../../aws/service.ts";

export const ssm: Service<SSM> = {
  name: "SSM",
  region: "regional",
  iamAction: actionsWith("ssm"),
  // A second one would be refused, because the name is there, or would make another version.
  lookBeforeRepeating: ["PutParameter"],
  errors: [
    { code: /^TooManyUpdates/, class: "busy", awaiting: "another change of the parameter to finish" },
    { code: /^(ParameterNotFound|InvalidResourceId)$/, class: "gone" },
    { code: /^TooManyTags/, class: "quota", quota: TAG_QUOTA },
    {
      code: /^ParameterLimitExceeded/,
      class: "quota",
      quota: { name: "standard parameters in the account and region", value: 10_000, raise: RAISE },
    },
    {
      code: /^ParameterMaxVersionLimitExceeded/,
      class: "quota",
      quota: {
        name: "versions of a parameter",
        value: 100,
        raise: "Take the label off the parameter's oldest version; AWS does not raise this quota.",
      },
    },
  ],
  load: async (config) => new (await import("@aws-sdk/client-ssm")).SSM(config),
};
