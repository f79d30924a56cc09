/** The records of a zone, as far as a stack can be concerned. */
import type { ListResourceRecordSetsRequest, ResourceRecordSet, Route53 } from "@aws-sdk/client-route-53";
import { hasMarker } from "../../../model/reference-marker.ts";
import type { Live, ReadContext } from "../../type.ts";
import { dnsName, dnsValue } from "../dns-name.ts";
import { route53 } from "../service.ts";
import { hintOf } from "./sources.ts";

/** AWS's largest page. */
const PAGE = 300;
/** Validation records under one name: more than anybody has. */
const NEAR = 100;

type Where = Pick<
  ListResourceRecordSetsRequest,
  "StartRecordName" | "StartRecordType" | "StartRecordIdentifier"
>;

async function page(client: Route53, HostedZoneId: string, where: Where, MaxItems: number) {
  const {
    ResourceRecordSets = [],
    IsTruncated,
    ...next
  } = await client.listResourceRecordSets({
    HostedZoneId,
    MaxItems,
    ...where,
  });
  const { NextRecordName, NextRecordType, NextRecordIdentifier } = next;
  const rest: Where | undefined =
    IsTruncated === true
      ? {
          StartRecordName: NextRecordName,
          StartRecordType: NextRecordType,
          ...(NextRecordIdentifier === undefined ? {} : { StartRecordIdentifier: NextRecordIdentifier }),
        }
      : undefined;
  return { found: ResourceRecordSets, rest };
}

/**
 * All records of a zone of one page. Of a larger one, those at the names that the specs can mean: one call each, so that a plan
 * costs what the stack has and not what the zone has. Where a name is known later only, the whole zone is read.
 */
export async function recordsOf(
  { aws, lookups }: Pick<ReadContext, "aws" | "lookups">,
  zone: Live,
): Promise<readonly ResourceRecordSet[]> {
  const client = await aws.client(route53);
  const all = await pagesOf(client, lookups, zone);
  // Every zone has these two, which AWS made and nobody changes here.
  return all.filter(
    ({ Name = "", Type }) => dnsValue(Name) !== zone.name || (Type !== "NS" && Type !== "SOA"),
  );
}

async function pagesOf(
  client: Route53,
  lookups: ReadContext["lookups"],
  zone: Live,
): Promise<readonly ResourceRecordSet[]> {
  const first = await page(client, zone.id, {}, PAGE);
  if (first.rest === undefined) return first.found;
  const hints = lookups.map(({ name, properties }) => hintOf(name, properties));
  const known = hints.filter((hint) => hint !== undefined && !hasMarker(hint));
  if (known.length < hints.length) return wholeZone(client, zone.id, first);
  const here = [...new Set(known.flatMap((hint) => hint ?? []).map(dnsName))].filter((name) =>
    isIn(name, zone),
  );
  const pages = here.map((StartRecordName) => page(client, zone.id, { StartRecordName }, NEAR));
  const all = [...first.found, ...(await Promise.all(pages)).flatMap(({ found }) => found)];
  return [...new Map(all.map((one) => [keyOf(one), one])).values()];
}

async function wholeZone(
  client: Route53,
  id: string,
  first: Awaited<ReturnType<typeof page>>,
): Promise<readonly ResourceRecordSet[]> {
  const all = [...first.found];
  let { rest } = first;
  while (rest !== undefined) {
    const next = await page(client, id, rest, PAGE);
    all.push(...next.found);
    rest = next.rest;
  }
  return all;
}

const isIn = (name: string, zone: Live): boolean => name === zone.name || name.endsWith(`.${zone.name}`);
const keyOf = ({ Name = "", Type, SetIdentifier = "" }: ResourceRecordSet): string =>
  `${String(dnsValue(Name))} ${Type} ${SetIdentifier}`;
