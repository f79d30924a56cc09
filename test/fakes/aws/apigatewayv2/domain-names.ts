import type { DomainName, DomainNameConfiguration } from "@aws-sdk/client-apigatewayv2";
import { statusOfCertificate } from "../acm/service.ts";
import { certificateUses } from "../acm/uses.ts";
import type { Ctx } from "../core/context.ts";
import type { Rule } from "../core/rules.ts";
import { each, table } from "../core/table.ts";
import type { RegionState } from "../state.ts";
import { apiMappingsIn, mappingsOf } from "./api-mappings.ts";
import { badRequest, checkEnum, checkTags, conflict, merge } from "./common.ts";
import { inRegion, type Place } from "./resource.ts";
import { refuse } from "./rules.ts";

interface Row extends DomainName {
  DomainName: string | undefined;
  /** When its UPDATING ends, in milliseconds since the epoch. */
  until: number;
}

/** The domain names of a region. */
export const domainNames = table<RegionState, Row>();

/** Milliseconds until a new or changed one is available. */
export const domainNameTimes = each<RegionState, { ready: number }>(() => ({ ready: 0 }));

export const domainArn = (ctx: Ctx, name: string): string =>
  `arn:${ctx.partition}:apigateway:${ctx.regionName}::/domainnames/${name}`;

const certificateOf = ({ DomainNameConfigurations = [] }: Partial<Row>): string =>
  DomainNameConfigurations[0]?.CertificateArn ?? "";

/** One of another service's certificates, or one that this account imported: only ACM's own have a status here. */
const usable: Rule<Row, Place> = (it, { ctx }) => {
  const arn = certificateOf(it);
  const region = arn.split(":")[3];
  if (it.DomainNameConfigurations?.[0]?.EndpointType !== "EDGE" && region !== ctx.regionName)
    throw badRequest("Invalid certificate ARN: the certificate must be in the region of the endpoint");
  const status = statusOfCertificate(ctx, arn);
  if (status !== undefined && status !== "ISSUED")
    throw badRequest(
      `Certificate ${arn} in account ${ctx.accountId} not yet issued (Service: AWSCertificateManager; Error Code: RequestInProgressException)`,
    );
};

function configured(ctx: Ctx, name: string, given: DomainNameConfiguration): DomainNameConfiguration {
  checkEnum("endpointType", given.EndpointType, ["REGIONAL", "EDGE"]);
  checkEnum("securityPolicy", given.SecurityPolicy, ["TLS_1_0", "TLS_1_2"]);
  return {
    EndpointType: "REGIONAL",
    SecurityPolicy: "TLS_1_2",
    IpAddressType: "ipv4",
    ...given,
    ApiGatewayDomainName: `d-${Buffer.from(name).toString("hex").slice(-10)}.execute-api.${ctx.regionName}.amazonaws.com`,
    HostedZoneId: "Z1UJRXOUMOOFQ8",
  };
}

const unmapped: Rule<Row, Place> = ({ DomainName: name = "" }, { ctx }) => {
  if (mappingsOf(ctx, name).length > 0)
    throw badRequest(`Deleting domain name ${name} failed. Please remove all API mappings from it.`);
};

/** Domain names: one endpoint each, which a change makes UPDATING for a while. */
export const domainNameOperations = inRegion<Row>({
  noun: "DomainName",
  called: "domain name",
  store: ({ ctx }) => domainNames(ctx.region),
  id: "DomainName",
  sentRules: [(it, { ctx }) => checkTags(ctx, {}, it.Tags ?? {})],
  merged: (sent, { ctx }, before) => {
    const whole = before === undefined ? { ...sent } : merge(before, sent);
    const off = sent.MutualTlsAuthentication?.TruststoreUri === "";
    return {
      ...whole,
      MutualTlsAuthentication: off ? undefined : compactTrust(whole.MutualTlsAuthentication),
      until: ctx.now().getTime() + domainNameTimes(ctx.region).ready,
    };
  },
  complete: (it, { ctx }) => ({
    Tags: {},
    ApiMappingSelectionExpression: "$request.basepath",
    RoutingMode: "API_MAPPING_ONLY",
    ...it,
    DomainNameArn: domainArn(ctx, it.DomainName ?? ""),
    DomainNameConfigurations: (it.DomainNameConfigurations ?? []).map((one) => ({
      ...configured(ctx, it.DomainName ?? "", one),
      DomainNameStatus:
        domainNameTimes(ctx.region).ready > 0 ? ("UPDATING" as const) : ("AVAILABLE" as const),
    })),
  }),
  rules: [
    refuse((it) => !/^(\*\.)?([\w-]+\.)+[\w-]+$/.test(it.DomainName ?? ""), "Invalid domain name specified"),
    refuse(
      (it) => it.DomainNameConfigurations?.length !== 1,
      "Exactly one domain name configuration must be specified",
    ),
    refuse(
      ({ MutualTlsAuthentication: { TruststoreUri } = {} }) =>
        TruststoreUri !== undefined && !TruststoreUri.startsWith("s3://"),
      "Invalid S3 URI provided for truststore",
    ),
    usable,
  ],
  clash: (it, other) =>
    it.DomainName === other.DomainName ? conflict("The domain name you provided already exists.") : undefined,
  seen: (it, { ctx }) => {
    const done = ctx.now().getTime() >= it.until;
    const updating = it.DomainNameConfigurations?.some(({ DomainNameStatus: is }) => is === "UPDATING");
    if (!done || updating !== true) return it;
    const all = it.DomainNameConfigurations?.map((one) => ({
      ...one,
      DomainNameStatus: "AVAILABLE" as const,
    }));
    return { ...it, DomainNameConfigurations: all };
  },
  saved: (it, { ctx }) => {
    certificateUses(ctx.region).set(domainArn(ctx, it.DomainName ?? ""), [certificateOf(it)]);
  },
  removal: [unmapped],
  remove: ({ DomainName: name = "" }, { ctx }) => {
    domainNames(ctx.region).delete(name);
    certificateUses(ctx.region).delete(domainArn(ctx, name));
  },
});

function compactTrust(trust: Row["MutualTlsAuthentication"]): Row["MutualTlsAuthentication"] {
  if (trust === undefined) return undefined;
  const { TruststoreVersion, ...rest } = trust;
  return TruststoreVersion === undefined || TruststoreVersion === "" ? rest : { ...rest, TruststoreVersion };
}

/** API mappings, below the region's domain names. */
export const apiMappingOperations = apiMappingsIn((ctx, name) => domainNames(ctx.region).has(name));
