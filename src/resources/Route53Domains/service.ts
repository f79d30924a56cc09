/** The service of this folder's types: Route 53's registrar. */
import type { Route53Domains } from "@aws-sdk/client-route-53-domains";
import { actionsWith, type Service } from "../../aws/service.ts";

export const route53Domains: Service<Route53Domains> = {
  name: "Route 53 Domains",
  // Only us-east-1 has it: https://docs.aws.amazon.com/general/latest/gr/r53.html
  region: "global",
  iamAction: actionsWith("route53domains"),
  lookBeforeRepeating: [],
  errors: [{ code: /^InvalidInput/, message: /not found/i, class: "gone" }],
  load: async (config) => new (await import("@aws-sdk/client-route-53-domains")).Route53Domains(config),
};
