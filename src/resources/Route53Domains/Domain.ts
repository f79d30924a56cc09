/** Registered domains. Facts: https://docs.aws.amazon.com/Route53/latest/APIReference/API_domains_GetDomainDetail.html */
import { ifFound } from "../../aws/errors.ts";
import { defineType } from "../define.ts";
import { required } from "../facts.ts";
import { patternText, properties } from "../schema.ts";
import type { Live, Lookup, ReadContext } from "../type.ts";
import { route53Domains } from "./service.ts";

const TYPE = "Route53Domains::Domain";

async function find({ aws }: ReadContext, { name }: Lookup): Promise<Live | undefined> {
  const client = await aws.client(route53Domains);
  const found = await ifFound(() => client.getDomainDetail({ DomainName: name }));
  if (found === undefined) return undefined;
  // The answer also has its owner's name, address and telephone number, which are nobody's business.
  const { DomainName = name, Nameservers = [], AutoRenew = false, ExpirationDate } = found;
  const NameServers = Nameservers.map(({ Name = "" }) => Name).join(" ");
  return {
    type: TYPE,
    name,
    id: DomainName,
    state: { DomainName },
    attributes: {
      DomainName,
      NameServers,
      AutoRenew,
      ...(ExpirationDate === undefined ? {} : { ExpirationDate: ExpirationDate.toISOString() }),
    },
  };
}

export const domain = defineType({
  type: TYPE,
  summary: "A domain registered with Route 53. It is only read: nobody buys or gives up a domain by a plan.",
  service: route53Domains,
  properties: properties({
    DomainName: required(
      patternText(
        /^([a-z0-9-]+\.)+[a-z0-9-]+$/,
        'a registered domain such as "example.com", in small letters',
      ),
      "The domain, also its name in the spec.",
    ),
  }),
  identity: { by: "name", property: "DomainName" },
  attributes: {
    id: "The domain.",
    "live.DomainName": "The domain.",
    "live.NameServers": "The name servers that it points to, with spaces between them.",
    "live.ExpirationDate": "When its registration ends.",
  },
  permissions: { read: ["GetDomainDetail"], write: [] },
  consequence: () => undefined,
  verbs: {
    async read(context) {
      const found = await Promise.all(context.lookups.map((lookup) => find(context, lookup)));
      return found.filter((one) => one !== undefined);
    },
  },
});
