import * as client from "@aws-sdk/client-route-53-domains";
import { AwsError } from "../core/errors.ts";
import { sdk } from "../core/sdk.ts";
import { service } from "../core/service.ts";
import { each } from "../core/table.ts";
import { COMMON } from "../core/throttle.ts";
import { need, type RegionState } from "../state.ts";

/** Domains that somebody registered, by the region that clients name: in-process ones name theirs for every service. */
export const registeredDomains = each<RegionState, Map<string, client.GetDomainDetailResponse>>(
  () => new Map(),
);

const on = sdk<client.Route53Domains>(client);

/** Route 53's registrar. */
export const route53domains = service(
  {
    id: "route53domains",
    protocol: "aws-json",
    key: "Route53Domains_v20140515",
    missing: (member) => new AwsError("InvalidInput", `${member} is required`),
    ...COMMON,
  },
  client,
  [
    on("getDomainDetail", (ctx, { DomainName = "" }) =>
      need(
        registeredDomains(ctx.region).get(DomainName),
        () => new AwsError("InvalidInput", `Domain ${DomainName} not found in ${ctx.accountId} account`),
      ),
    ),
  ],
);
