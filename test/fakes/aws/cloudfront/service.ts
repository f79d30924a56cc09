import * as client from "@aws-sdk/client-cloudfront";
import { pageLimit, type Ctx } from "../core/context.ts";
import { AwsError } from "../core/errors.ts";
import { sdk } from "../core/sdk.ts";
import { service } from "../core/service.ts";
import { each, table } from "../core/table.ts";
import { tagAdder } from "../core/tags.ts";
import { COMMON } from "../core/throttle.ts";
import { type AccountState, need } from "../state.ts";
import { xmlCodecOf } from "../wire/rest-xml.ts";
import { completed } from "./defaults.ts";

interface Row {
  readonly id: string;
  config: client.DistributionConfig;
  etag: string;
  changed: number;
  readonly tags: Map<string, string>;
}

const distributions = table<AccountState, Row>();
/** References are used up, also by distributions that were deleted. */
const references = each<AccountState, Set<string>>(() => new Set());

/** How long a change takes to be everywhere; DOC: "typically within 5 minutes". */
const SPREADS_MS = 240_000;

const invalid = (message: string): AwsError => new AwsError("InvalidArgument", message);
const arnOf = (ctx: Ctx, id: string): string =>
  `arn:${ctx.partition}:cloudfront::${ctx.accountId}:distribution/${id}`;

function row(ctx: Ctx, id = ""): Row {
  return need(
    distributions(ctx.account).get(id),
    () =>
      // 404 as in the API's reference.
      new AwsError("NoSuchDistribution", "The specified distribution does not exist.", 404),
  );
}

function rowOfArn(ctx: Ctx, arn = ""): Row {
  return need(
    [...distributions(ctx.account).values()].find(({ id }) => arnOf(ctx, id) === arn),
    () => new AwsError("NoSuchResource", "The resource does not exist.", 404),
  );
}

const isSpread = (ctx: Ctx, { changed }: Row): boolean => ctx.now().getTime() - changed >= SPREADS_MS;

const shown = (ctx: Ctx, one: Row): client.Distribution => ({
  Id: one.id,
  ARN: arnOf(ctx, one.id),
  Status: isSpread(ctx, one) ? "Deployed" : "InProgress",
  LastModifiedTime: new Date(one.changed),
  InProgressInvalidationBatches: 0,
  DomainName: `${one.id.toLowerCase()}.cloudfront.net`,
  DistributionConfig: one.config,
});

interface Counted {
  Quantity?: number | undefined;
  Items?: readonly unknown[] | undefined;
}

/** Every list says how long it is. */
function countQuantities(value: unknown): void {
  if (typeof value !== "object" || value === null || value instanceof Date) return;
  const { Quantity, Items } = value as Counted;
  if (
    !Array.isArray(value) &&
    (Quantity !== undefined || Items !== undefined) &&
    Quantity !== (Items?.length ?? 0)
  )
    throw new AwsError("InconsistentQuantities", "The value of Quantity and the size of Items don't match.");
  for (const inner of Object.values(value)) countQuantities(inner);
}

function check(ctx: Ctx, config: client.DistributionConfig, own?: string): void {
  countQuantities(config);
  const {
    Origins,
    OriginGroups,
    DefaultCacheBehavior,
    CacheBehaviors,
    Aliases,
    ViewerCertificate = {},
  } = config;
  const ids = [...(Origins?.Items ?? []), ...(OriginGroups?.Items ?? [])].map(({ Id }) => Id);
  const all = [DefaultCacheBehavior, ...(CacheBehaviors?.Items ?? [])];
  if (all.some((one) => !ids.includes(one?.TargetOriginId)))
    throw new AwsError("NoSuchOrigin", "One or more of your origins or origin groups do not exist.", 404);
  if (all.some((one) => (one?.CachePolicyId !== undefined) === (one?.ForwardedValues !== undefined)))
    throw invalid(
      "The parameter ForwardedValues cannot be used when a cache policy is associated to the cache behavior.",
    );
  const { ACMCertificateArn, IAMCertificateId } = ViewerCertificate;
  const names = Aliases?.Items ?? [];
  if (names.length > 0 && ACMCertificateArn === undefined && IAMCertificateId === undefined)
    throw new AwsError(
      "InvalidViewerCertificate",
      "To add an alternate domain name (CNAME) to a CloudFront distribution, you must attach a trusted certificate that validates your authorization to use the domain name.",
    );
  if (ACMCertificateArn !== undefined && !ACMCertificateArn.includes(":us-east-1:"))
    throw new AwsError(
      "InvalidViewerCertificate",
      "The specified SSL certificate doesn't exist, isn't in us-east-1 region, isn't valid, or doesn't include a valid certificate chain.",
    );
  for (const other of distributions(ctx.account).values()) {
    const taken =
      other.id === own ? undefined : names.find((name) => other.config.Aliases?.Items?.includes(name));
    if (taken !== undefined)
      throw new AwsError(
        "CNAMEAlreadyExists",
        `One or more of the CNAMEs you provided are already associated with a different resource: ${taken}`,
        409,
      );
  }
}

const addTags = tagAdder(({ message }) => new AwsError("InvalidTagging", message));

/** An update or deletion names the version that it has seen. */
function match(one: Row, version: string | undefined): void {
  if (version === undefined || version === "")
    throw new AwsError(
      "InvalidIfMatchVersion",
      "The If-Match version is missing or not valid for the resource.",
    );
  if (version !== one.etag)
    throw new AwsError(
      "PreconditionFailed",
      "The request failed because it didn't meet the preconditions in one or more request-header fields.",
      412,
    );
}

const on = sdk<client.CloudFront>(client);

/** CloudFront: distributions and their tags. */
export const cloudfront = service(
  {
    id: "cloudfront",
    protocol: "rest-xml",
    key: "2020-05-31",
    xmlNamespace: "http://cloudfront.amazonaws.com/doc/2020-05-31/",
    xml: xmlCodecOf(() => new client.CloudFront({ region: "us-east-1" })),
    missing: (member) =>
      new AwsError("MalformedXML", `1 validation error detected: Value null at '${member}'`),
    ...COMMON,
    throttled: () => new AwsError("Throttling", "Rate exceeded", 400),
    // Global resources are in us-east-1 for the tagging API.
    tagged: (ctx) =>
      ctx.regionName === "us-east-1"
        ? [...distributions(ctx.account).values()].map(({ id, tags }) => ({ arn: arnOf(ctx, id), tags }))
        : [],
  },
  client,
  [
    on("createDistributionWithTags", (ctx, { DistributionConfigWithTags }) => {
      const { DistributionConfig, Tags } = DistributionConfigWithTags ?? {};
      if (DistributionConfig === undefined) throw invalid("DistributionConfig is missing");
      const { CallerReference = "" } = DistributionConfig;
      if (references(ctx.account).has(CallerReference))
        throw new AwsError(
          "DistributionAlreadyExists",
          `The caller reference that you are using to create a distribution is associated with another distribution: ${CallerReference}`,
          409,
        );
      check(ctx, DistributionConfig);
      const tags = new Map<string, string>();
      addTags(ctx, tags, Tags?.Items);
      references(ctx.account).add(CallerReference);
      const id = ctx.ids.upper("E", 13);
      const made: Row = {
        id,
        config: completed(DistributionConfig),
        etag: ctx.ids.upper("E", 13),
        changed: ctx.now().getTime(),
        tags,
      };
      distributions(ctx.account).set(id, made);
      return {
        Distribution: shown(ctx, made),
        ETag: made.etag,
        Location: `https://cloudfront.amazonaws.com/2020-05-31/distribution/${id}`,
      };
    }),
    on("getDistribution", (ctx, { Id }) => {
      const found = row(ctx, Id);
      return { Distribution: shown(ctx, found), ETag: found.etag };
    }),
    on("getDistributionConfig", (ctx, { Id }) => {
      const found = row(ctx, Id);
      return { DistributionConfig: found.config, ETag: found.etag };
    }),
    on("listDistributions", (ctx, { Marker, MaxItems }) => {
      const all = [...distributions(ctx.account).values()].sort((a, b) => (a.id < b.id ? -1 : 1));
      const size = pageLimit(ctx, MaxItems, 100);
      const rest = all.filter(({ id }) => Marker === undefined || Marker === "" || id > Marker);
      const Items = rest.slice(0, size);
      const isTruncated = rest.length > size;
      return {
        DistributionList: {
          Marker: Marker ?? "",
          MaxItems: size,
          IsTruncated: isTruncated,
          ...(isTruncated ? { NextMarker: Items.at(-1)?.id } : {}),
          Quantity: Items.length,
          Items: Items.map((one) => {
            const {
              DistributionConfig: _config,
              InProgressInvalidationBatches: _batches,
              ...summary
            } = shown(ctx, one);
            // A summary has no CallerReference and no version.
            const { CallerReference: _reference, ...config } = one.config;
            return { ...summary, ...config } as client.DistributionSummary;
          }),
        },
      };
    }),
    on("updateDistribution", (ctx, { Id, IfMatch, DistributionConfig }) => {
      const found = row(ctx, Id);
      match(found, IfMatch);
      if (DistributionConfig === undefined) throw invalid("DistributionConfig is missing");
      if (DistributionConfig.CallerReference !== found.config.CallerReference)
        throw new AwsError("IllegalUpdate", "The CallerReference cannot be updated.");
      check(ctx, DistributionConfig, found.id);
      // What is not sent goes back to its default.
      found.config = completed(DistributionConfig);
      found.etag = ctx.ids.upper("E", 13);
      found.changed = ctx.now().getTime();
      return { Distribution: shown(ctx, found), ETag: found.etag };
    }),
    on("deleteDistribution", (ctx, { Id, IfMatch }) => {
      const found = row(ctx, Id);
      match(found, IfMatch);
      if (found.config.Enabled === true || !isSpread(ctx, found))
        throw new AwsError(
          "DistributionNotDisabled",
          "The distribution you are trying to delete has not been disabled.",
          409,
        );
      distributions(ctx.account).delete(found.id);
    }),
    on("tagResource", (ctx, { Resource, Tags }) => addTags(ctx, rowOfArn(ctx, Resource).tags, Tags?.Items)),
    on("untagResource", (ctx, { Resource, TagKeys }) => {
      for (const key of TagKeys?.Items ?? []) rowOfArn(ctx, Resource).tags.delete(key);
    }),
    on("listTagsForResource", (ctx, { Resource }) => ({
      Tags: { Items: [...rowOfArn(ctx, Resource).tags].map(([Key, Value]) => ({ Key, Value })) },
    })),
  ],
);
