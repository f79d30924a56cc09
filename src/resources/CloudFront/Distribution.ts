/** Distributions. Facts: https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_UpdateDistribution.html */
import type { CloudFront, DistributionSummary, ListDistributionsResult } from "@aws-sdk/client-cloudfront";
import { isAlreadyExists } from "../../aws/errors.ts";
import { sdkInput } from "../../aws/sdk-input.ts";
import { isEmpty, type JsonObject } from "../../model/values.ts";
import { own } from "../../model/own.ts";
import type { Entry, EntryIssue } from "../../spec/type-rules.ts";
import { certificateElsewhere, spreadFrom } from "../ACM/region.ts";
import { defineType } from "../define.ts";
import { jsonOf, listOf, objectOf, tagList, tagsOf, textOf } from "../live-values.ts";
import type { Desired, Live, Readiness } from "../type.ts";
import { canonicalConfig, sentConfig, withoutCounts } from "./config.ts";
import { distributionProperties } from "./properties.ts";
import { cloudFront, SPREAD_MS } from "./service.ts";

const READINESS: Record<string, Readiness> = { InProgress: "pending" };
const idOfArn = (arn: string): string | undefined =>
  /^arn:[^:]+:cloudfront::\d*:distribution\/(\w+)$/.exec(arn)?.[1];
const originsOf = ({ Origins }: JsonObject): readonly JsonObject[] =>
  listOf(objectOf(Origins).Items).map(objectOf);
const nameOf = ({ DefaultCacheBehavior }: JsonObject): string =>
  textOf(objectOf(DefaultCacheBehavior).TargetOriginId);

/** How many references are tried: each distribution that was deleted has used one up. */
const MOST_REFERENCES = 50;

/** A distribution with what only further calls tell: its configuration, its version and its tags. */
async function describe(client: CloudFront, Id: string): Promise<JsonObject> {
  const { Distribution, ETag = "" } = await client.getDistribution({ Id });
  const { ARN = "", Status = "", DomainName = "", DistributionConfig = {} } = Distribution ?? {};
  const { Tags } = await client.listTagsForResource({ Resource: ARN });
  return {
    ...jsonOf(DistributionConfig),
    Id,
    Status,
    DomainName,
    ETag,
    Tags: (Tags?.Items ?? []).map(({ Key = "", Value = "" }) => ({ Key, Value })),
  };
}

const named = (one: DistributionSummary): JsonObject => jsonOf({ ...one, Tags: {} });

async function allOf(client: CloudFront): Promise<readonly DistributionSummary[]> {
  const found: DistributionSummary[] = [];
  let Marker: string | undefined;
  do {
    const page: ListDistributionsResult = await client.listDistributions({
      MaxItems: 100,
      ...(Marker === undefined ? {} : { Marker }),
    });
    found.push(...(page.DistributionList?.Items ?? []));
    Marker = page.DistributionList?.NextMarker || undefined;
  } while (Marker !== undefined);
  return found;
}

/** True when a distribution of this name was made with the reference, whatever it has become. */
async function isMade(client: CloudFront, name: string, reference: string): Promise<boolean> {
  for (const one of (await allOf(client)).filter((summary) => nameOf(jsonOf(summary)) === name)) {
    const { DistributionConfig } = await client.getDistributionConfig({ Id: one.Id ?? "" });
    if (DistributionConfig?.CallerReference === reference) return true;
  }
  return false;
}

function checks({ properties: given, dependencies }: Entry): readonly EntryIssue[] {
  const { Aliases, ViewerCertificate, OriginGroups, CacheBehaviors, DefaultCacheBehavior } = given;
  const certificate = objectOf(ViewerCertificate);
  const hasCertificate =
    (own(dependencies, "certificate") ?? []).length > 0 ||
    !isEmpty(certificate.ACMCertificateArn) ||
    !isEmpty(certificate.IAMCertificateId);
  const origins = new Set(
    [...originsOf(given), ...listOf(objectOf(OriginGroups).Items).map(objectOf)].map(({ Id }) => textOf(Id)),
  );
  const behaviors: readonly (readonly [string, JsonObject])[] = [
    ["DefaultCacheBehavior", objectOf(DefaultCacheBehavior)],
    ...listOf(objectOf(CacheBehaviors).Items).map(
      (one, at) => [`CacheBehaviors.Items.${at}`, objectOf(one)] as const,
    ),
  ];
  return [
    ...(isEmpty(objectOf(Aliases).Items) || hasCertificate
      ? []
      : [
          {
            path: "Aliases",
            message: "need a certificate",
            hint: "Name an ACM::Certificate of us-east-1 in dependencies.certificate, or give ViewerCertificate.ACMCertificateArn.",
          },
        ]),
    ...(originsOf(given).length === 0
      ? [{ path: "Origins.Items", message: "is required: a distribution has an origin" }]
      : []),
    ...behaviors
      .filter(([, { TargetOriginId }]) => !origins.has(textOf(TargetOriginId)) && origins.size > 0)
      .map(([path, { TargetOriginId }]) => ({
        path: `${path}.TargetOriginId`,
        message: `"${textOf(TargetOriginId)}" is none of the origins ${[...origins].map((one) => `"${one}"`).join(", ")}`,
      })),
    ...originsOf(given)
      .filter(
        ({ S3OriginConfig, CustomOriginConfig }) =>
          S3OriginConfig !== undefined && CustomOriginConfig !== undefined,
      )
      .map(({ Id }) => ({
        path: "Origins.Items",
        message: `"${textOf(Id)}" has both S3OriginConfig and CustomOriginConfig: an origin has one of them`,
      })),
  ];
}

/** The certificate that a dependency gives. */
function withCertificate(wanted: JsonObject, desired: Desired): JsonObject {
  const given = desired.dependency("certificate");
  const certificate = objectOf(wanted.ViewerCertificate);
  if (given === undefined || !isEmpty(certificate.ACMCertificateArn)) return wanted;
  return { ...wanted, ViewerCertificate: { ...certificate, ACMCertificateArn: given.id } };
}

async function switchOff(client: CloudFront, Id: string): Promise<string> {
  const { DistributionConfig, ETag = "" } = await client.getDistributionConfig({ Id });
  if (DistributionConfig === undefined || DistributionConfig.Enabled === false) return ETag;
  const off = await client.updateDistribution({
    Id,
    IfMatch: ETag,
    DistributionConfig: { ...DistributionConfig, Enabled: false },
  });
  return off.ETag ?? "";
}

export const distribution = defineType({
  type: "CloudFront::Distribution",
  summary:
    "Serves an API, a bucket or any other server from CloudFront's places all over the world. AWS takes some minutes for every change.",
  service: cloudFront,
  properties: distributionProperties,
  dependencies: {
    certificate: { type: "ACM::Certificate", acceptsArn: true },
    apiGatewayV2Apis: { type: "ApiGatewayV2::Api", list: true, orderOnly: true, aliases: ["apiGatewayV2s"] },
    lambdaFunctions: { type: "Lambda::Function", list: true, orderOnly: true },
  },
  identity: { by: "tags", property: "Id" },
  onlyOnce: ({ Aliases }) => listOf(objectOf(Aliases).Items),
  id: "Id",
  arn: ({ partition, account }, { id }) => `arn:${partition}:cloudfront::${account}:distribution/${id}`,
  nameOfArn: idOfArn,
  // Known to the tagging API in us-east-1 only; elsewhere the base branch's spec tells of one that left.
  foundByTagsAs: "cloudfront:distribution",
  called: "the Id of the origin of its `DefaultCacheBehavior`; the Id of its first origin is taken too",
  canonical: ({ properties: { Tags = {}, ...given }, ...entry }) => ({
    ...entry,
    properties: { ...objectOf(withoutCounts(given)), ...(isEmpty(Tags) ? {} : { Tags }) },
  }),
  name: ({ properties: given }) => nameOf(given) || "NO-ORIGIN",
  aliases: ({ name, properties: given }) =>
    [name ?? "", textOf(originsOf(given)[0]?.Id)].filter((one) => one !== ""),
  liveName: nameOf,
  tags: {
    style: "list",
    set: (client, Resource, added) => client.tagResource({ Resource, Tags: { Items: tagList(added) } }),
    remove: (client, Resource, Items) => client.untagResource({ Resource, TagKeys: { Items } }),
  },
  updates: "replace",
  protected: "its domain name: one that is made again has another",
  wait: {
    readiness: ({ attributes }) => own(READINESS, textOf(attributes.Status)) ?? "ready",
    awaiting: ({ name }) => `distribution ${name} to be deployed to all places`,
    deadlineMs: SPREAD_MS,
  },
  // A record is an alias of its domain name, not of its id.
  namedBy: (live: Live, user: Live) =>
    textOf(objectOf(user.state.AliasTarget).DNSName).replace(/\.$/, "") ===
    textOf(live.attributes.DomainName),
  checks,
  inspect: (one, spec) =>
    certificateElsewhere(one, spec, {
      path: ["ViewerCertificate", "ACMCertificateArn"],
      given: objectOf(one.properties.ViewerCertificate).ACMCertificateArn,
      dependency: "certificate",
      taker: "CloudFront",
      // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html
      region: spreadFrom(spec),
    }),
  attributes: {
    id: "The distribution's id.",
    "live.Id": "The distribution's id.",
    "live.Arn": "The distribution's ARN, for policies.",
    "live.DomainName": "Its domain name: `d111111abcdef8.cloudfront.net`.",
  },
  outputs: { DomainName: "DomainName" },
  writtenAt: ({ stack: { partition, account } }) => [
    `arn:${partition}:cloudfront::${account}:distribution/*`,
  ],
  permissions: {
    read: ["ListDistributions", "GetDistribution", "ListTagsForResource"],
    write: [
      "CreateDistributionWithTags",
      "GetDistributionConfig",
      "UpdateDistribution",
      "DeleteDistribution",
      "TagResource",
      "UntagResource",
    ],
    besides: {
      "cloudfront:CreateDistribution": "to create it with its tags",
      "acm:DescribeCertificate": "CloudFront looks at the certificate of the domain names",
      "lambda:EnableReplication": "functions that are called on the way are copied to all places",
      "iam:CreateServiceLinkedRole": "the first such function makes the role that copies it",
    },
  },
  consequence: ({ attributes }) =>
    `Nobody is answered at ${textOf(attributes.DomainName)} and at its aliases any longer.`,
  fromSpec: (wanted, desired) => canonicalConfig(withCertificate(wanted, desired)),
  fromAws: canonicalConfig,
  calls: {
    wholeList: async ({ aws, once }) =>
      once("ListDistributions", async () => (await allOf(await aws.client(cloudFront))).map(named)),
    async complete({ aws, once }, answer) {
      const client = await aws.client(cloudFront);
      const id = textOf(answer.Id);
      return once(`GetDistribution ${id}`, () => describe(client, id));
    },
    byArn: (client, arn, { once }) => {
      const id = idOfArn(arn) ?? "";
      return once(`GetDistribution ${id}`, () => describe(client, id));
    },
    async create(client, _input, { state, desired, token }) {
      for (let used = 0; ; used += 1) {
        const CallerReference = `${token}-${used}`;
        const DistributionConfigWithTags: JsonObject = {
          DistributionConfig: sentConfig(state, CallerReference),
          Tags: { Items: tagList(tagsOf(state)) },
        };
        try {
          const { Distribution, ETag = "" } = await client.createDistributionWithTags(
            sdkInput({ DistributionConfigWithTags }),
          );
          const { Id = "", Status = "", DomainName = "" } = Distribution ?? {};
          return { Id, Status, DomainName, ETag, CallerReference };
        } catch (error) {
          // Whoever made it with this reference is found by its tags; one that was deleted has used its reference up.
          const isUsedUp = isAlreadyExists(error) && used < MOST_REFERENCES;
          if (!isUsedUp || (await isMade(client, desired.name, CallerReference))) throw error;
        }
      }
    },
    async update(client, _input, { live, state }) {
      const { DistributionConfig } = await client.getDistributionConfig({ Id: live.id });
      const before = jsonOf(DistributionConfig ?? {});
      // With the version that the plan saw: what somebody changed since is not overwritten.
      const { Distribution, ETag = "" } = await client.updateDistribution(
        sdkInput({
          Id: live.id,
          IfMatch: textOf(live.attributes.ETag),
          DistributionConfig: sentConfig(state, textOf(before.CallerReference), before),
        }),
      );
      return { Status: Distribution?.Status ?? "", ETag };
    },
    async delete(client, { id: Id }) {
      await client.deleteDistribution({ Id, IfMatch: await switchOff(client, Id) });
    },
  },
});
