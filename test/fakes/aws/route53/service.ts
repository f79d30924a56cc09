import * as client from "@aws-sdk/client-route-53";
import { AwsError } from "../core/errors.ts";
import { service } from "../core/service.ts";
import { xmlCodecOf } from "../wire/rest-xml.ts";
import { recordOperations } from "./records.ts";
import { invalidInput, taggedZones, zoneOperations } from "./zones.ts";

/** Route 53: hosted zones, their records and tags. */
export const route53 = service(
  {
    id: "route53",
    protocol: "rest-xml",
    key: "2013-04-01",
    xmlNamespace: "https://route53.amazonaws.com/doc/2013-04-01/",
    xml: xmlCodecOf(() => new client.Route53({ region: "us-east-1" })),
    missing: (member) =>
      invalidInput(
        `1 validation error detected: Value null at '${member}' failed to satisfy constraint: Member must not be null`,
      ),
    throttled: () => new AwsError("Throttling", "Rate exceeded"),
    busy: () =>
      new AwsError(
        "PriorRequestNotComplete",
        "The request was rejected because Route 53 was still processing a prior request.",
      ),
    // https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DNSLimitations.html
    rates: {
      all: { rate: 10, burst: 50 },
      CreateHostedZone: { rate: 2, burst: 40 },
      DeleteHostedZone: { rate: 5, burst: 40 },
    },
    tagged: taggedZones,
  },
  client,
  [...zoneOperations, ...recordOperations],
);
