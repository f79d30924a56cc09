/** The service of this folder's types. */
import type { CloudFront } from "@aws-sdk/client-cloudfront";
import { actionsWith, type Service } from "../../aws/service.ts";

/** What Terraform waits, and more than AWS's own waiter does: hashicorp/terraform-provider-aws, internal/service/cloudfront/distribution.go. */
export const SPREAD_MS = 5_400_000;

export const cloudFront: Service<CloudFront> = {
  name: "CloudFront",
  region: "global",
  iamAction: actionsWith("cloudfront"),
  lookBeforeRepeating: ["CreateDistributionWithTags", "UpdateDistribution"],
  errors: [
    // Switched off, it is still being switched off everywhere.
    {
      operation: /^DeleteDistribution$/,
      code: /^DistributionNotDisabled$/,
      class: "wait",
      awaiting: "CloudFront to switch the distribution off everywhere",
      deadlineMs: SPREAD_MS,
    },
    {
      code: /^PreconditionFailed$/,
      class: "refuse",
      hint: "The distribution was changed since the plan was made, and stays as it is. Plan again.",
    },
    {
      code: /^CNAMEAlreadyExists$/,
      class: "refuse",
      hint: "A domain name can be an alias of one distribution in all of AWS. Remove it there first, or leave it out here.",
    },
    {
      code: /^(InvalidViewerCertificate|NoSuch(Origin|CachePolicy|OriginRequestPolicy|ResponseHeadersPolicy|FunctionExists))$/,
      class: "refuse",
    },
  ],
  load: async (config) => new (await import("@aws-sdk/client-cloudfront")).CloudFront(config),
};
