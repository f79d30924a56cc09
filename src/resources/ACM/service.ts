/** The service of this folder's types: AWS Certificate Manager. */
import type { ACM } from "@aws-sdk/client-acm";
import { RAISE, TAG_QUOTA } from "../../aws/classify.ts";
import { actionsWith, type Service } from "../../aws/service.ts";

export const acm: Service<ACM> = {
  name: "ACM",
  region: "regional",
  iamAction: actionsWith("acm"),
  lookBeforeRepeating: [],
  errors: [
    // Who used it lets go some minutes later: hashicorp/terraform-provider-aws, internal/service/acm/certificate.go.
    {
      operation: /^DeleteCertificate$/,
      code: /^ResourceInUse/,
      class: "wait",
      awaiting: "whatever uses the certificate to let go of it",
      deadlineMs: 1_200_000,
      hint: "Something outside this stack may still use it: the ACM console names it under Associated resources.",
    },
    {
      code: /^RequestInProgress/,
      class: "wait",
      awaiting: "ACM to have worked on the certificate",
      deadlineMs: 300_000,
    },
    { code: /^TooManyTags/, class: "quota", quota: TAG_QUOTA },
    // https://docs.aws.amazon.com/acm/latest/userguide/acm-limits.html
    {
      code: /^LimitExceeded/,
      class: "quota",
      quota: {
        name: "certificates in the account and region, certificates a year, or names of a certificate",
        value: "2500, 5000, 10",
        raise: RAISE,
      },
    },
  ],
  load: async (config) => new (await import("@aws-sdk/client-acm")).ACM(config),
};
