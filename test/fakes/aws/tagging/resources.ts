import type {
  GetResourcesInput,
  GetResourcesOutput,
  ResourceTagMapping,
  TagFilter,
} from "@aws-sdk/client-resource-groups-tagging-api";
import type { Ctx } from "../core/context.ts";
import { pageLimit } from "../core/context.ts";
import { AwsError } from "../core/errors.ts";
import { page } from "../core/paging.ts";
import type { Tagged } from "../core/service.ts";

const invalid = (message: string): AwsError => new AwsError("InvalidParameterException", message);

/**
 * Finds tagged resources of this region. Resources that never had a tag are not returned.
 * IAM roles never are; customer managed policies only in us-east-1, where IAM lives.
 */
export function getResources(ctx: Ctx, input: GetResourcesInput): GetResourcesOutput {
  check(input);
  const found = lagging(ctx, ctx.tagged())
    .filter((r) => r.tags.size > 0)
    .filter((r) => input.ResourceARNList === undefined || input.ResourceARNList.includes(r.arn))
    .filter((r) => ofType(r.arn, input.ResourceTypeFilters ?? []))
    .filter((r) => (input.TagFilters ?? []).every((filter) => carries(r.tags, filter)))
    .sort((a, b) => (a.arn < b.arn ? -1 : 1));
  const token = input.PaginationToken === "" ? undefined : input.PaginationToken;
  const cut = page(
    found,
    pageLimit(ctx, input.ResourcesPerPage, 50),
    token,
    () => new AwsError("PaginationTokenExpiredException", "The pagination token is not valid"),
  );
  return { ResourceTagMappingList: cut.items.map(mapping), PaginationToken: cut.next ?? "" };
}

function check(input: GetResourcesInput): void {
  const size = input.ResourcesPerPage;
  if (size !== undefined && (size < 1 || size > 100)) {
    throw invalid(`ResourcesPerPage must be between 1 and 100: ${size}`);
  }
  const perPage = input.TagsPerPage;
  if (perPage !== undefined && (perPage < 100 || perPage > 500 || perPage % 100 !== 0)) {
    throw invalid(`TagsPerPage must be 100, 200, 300, 400 or 500: ${perPage}`);
  }
  if ((input.TagFilters?.length ?? 0) > 50) throw invalid("At most 50 tag filters");
  if ((input.ResourceTypeFilters?.length ?? 0) > 100) throw invalid("At most 100 resource type filters");
  for (const filter of input.TagFilters ?? []) {
    if (filter.Key === undefined || filter.Key === "") throw invalid("A tag filter needs a Key");
    if ((filter.Values?.length ?? 0) > 20) throw invalid("At most 20 values per tag filter");
  }
  const narrowed =
    (input.TagFilters?.length ?? 0) + (input.ResourceTypeFilters?.length ?? 0) + (size ?? 0) + (perPage ?? 0);
  if (input.ResourceARNList !== undefined && narrowed > 0) {
    throw invalid("ResourceARNList cannot be used with filters or page sizes");
  }
}

/** The tagging API learns of changes later: new resources are missing for a while, deleted ones linger. */
function lagging(ctx: Ctx, now: Tagged[]): Tagged[] {
  const { taggingVisible, taggingLingers } = ctx.consistency;
  if (taggingVisible === 0 && taggingLingers === 0) return now;
  const known = ctx.region.tagged;
  const live = new Set(now.map((resource) => resource.arn));
  const seen: Tagged[] = [];
  for (const { arn, tags } of now) {
    const record = known.get(arn) ?? { tags, hiddenFor: taggingVisible, lingersFor: taggingLingers };
    known.set(arn, record);
    record.tags = tags;
    if (record.hiddenFor > 0) record.hiddenFor--;
    else seen.push({ arn, tags });
  }
  for (const [arn, record] of known) {
    if (live.has(arn)) continue;
    if (record.lingersFor > 0) {
      record.lingersFor--;
      seen.push({ arn, tags: record.tags });
    } else known.delete(arn);
  }
  return seen;
}

/** Filters are `service` or `service:type`; API Gateway's types are `apigateway:apis`, `apigateway:apis/stages` and so on by ARN path. */
function ofType(arn: string, filters: string[]): boolean {
  if (filters.length === 0) return true;
  return filters.some((filter) => {
    const [service, ...rest] = filter.split(":");
    const type = rest.join(":");
    const parts = arn.split(":");
    if (parts[2] !== service) return false;
    return type === "" || typesOf(arn).includes(type);
  });
}

function typesOf(arn: string): string[] {
  const parts = arn.split(":");
  const resource = parts.slice(5).join(":");
  if (parts[2] !== "apigateway") return [resource.split(/[:/]/)[0] ?? ""];
  const [kind = "", , child] = resource.split("/").filter(Boolean);
  // /apis/ID is `apis`; /apis/ID/stages/NAME is `apis/stages` and, as every resource below, also `apis`.
  return child === undefined ? [kind] : [kind, `${kind}/${child}`];
}

function carries(tags: Map<string, string>, filter: TagFilter): boolean {
  const value = tags.get(filter.Key ?? "");
  if (value === undefined) return false;
  return filter.Values === undefined || filter.Values.length === 0 || filter.Values.includes(value);
}

const mapping = (resource: Tagged): ResourceTagMapping => ({
  ResourceARN: resource.arn,
  Tags: [...resource.tags].map(([Key, Value]) => ({ Key, Value })),
});
