/** The service of this folder's types. */
import type { Route53 } from "@aws-sdk/client-route-53";
import { RAISE } from "../../aws/classify.ts";
import { actionsWith, type Service } from "../../aws/service.ts";

export const route53: Service<Route53> = {
  name: "Route 53",
  region: "global",
  iamAction: actionsWith("route53"),
  lookBeforeRepeating: ["CreateHostedZone", "ChangeResourceRecordSets"],
  // https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DNSLimitations.html
  rates: {
    all: { perSecond: 10, burst: 50 },
    also: { CreateHostedZone: { perSecond: 2, burst: 40 }, DeleteHostedZone: { perSecond: 5, burst: 40 } },
  },
  errors: [
    {
      code: /^HostedZoneNotEmpty$/,
      class: "refuse",
      hint: "Records that are not in the spec are never deleted. Delete those that are left in the zone, and turn DNSSEC off; then run the same command.",
    },
    // A record that is not there any more is deleted already.
    {
      operation: /^ChangeResourceRecordSets$/,
      code: /^InvalidChangeBatch$/,
      message: /but it was not found/,
      class: "gone",
    },
    {
      operation: /^ChangeResourceRecordSets$/,
      code: /^InvalidChangeBatch$/,
      message: /values provided do not match/,
      class: "refuse",
      hint: "The record was changed since the plan was made, and stays as it is. Plan again.",
    },
    { code: /^TooMany(HostedZones|VPC)/, class: "quota", quota: { name: "Route 53's quota", raise: RAISE } },
  ],
  load: async (config) => new (await import("@aws-sdk/client-route-53")).Route53(config),
};
