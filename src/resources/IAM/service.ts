/** The service of this folder's types. */
import type { IAM } from "@aws-sdk/client-iam";
import { actionsWith, type Service } from "../../aws/service.ts";
import { errors } from "./errors.ts";

export const iam: Service<IAM> = {
  name: "IAM",
  region: "global",
  iamAction: actionsWith("iam"),
  lookBeforeRepeating: [
    "CreateRole",
    "CreatePolicy",
    "CreatePolicyVersion",
    "CreateOpenIDConnectProvider",
    "CreateInstanceProfile",
    "AddRoleToInstanceProfile",
  ],
  errors,
  load: async (config) => new (await import("@aws-sdk/client-iam")).IAM(config),
};
