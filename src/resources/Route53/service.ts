/** The service of this folder's types. */
import type { Route53 } from "@aws-sdk/client-route-53";
import { RAISE } from "../../aws/classify.ts";
import { actionsWith, type Service } from "../../aws/service.ts";

export const route53: Service<Route53> = {
  name: "Route 53",
  region: "global",
  iamAction: actionsWith("route53"),
  lookBeforeRepeating: ["CreateHostedZone"],
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
    { code: /^TooMany(HostedZones|VPC)/, class: "quota", quota: { name: "Route 53's quota", raise: RAISE } },
  ],
  load: async (config) => new (await import("@aws-sdk/client-route-53")).Route53(config),
};
