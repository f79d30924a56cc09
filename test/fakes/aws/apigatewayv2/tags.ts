import * as client from "@aws-sdk/client-apigatewayv2";
import type { Ctx } from "../core/context.ts";
import type { Tagged } from "../core/service.ts";
import { tagOperations } from "../core/tags.ts";
import { badRequest, checkTags, needApi, notFound } from "./common.ts";
import { domainNames } from "./domain-names.ts";
import { vpcLinks } from "./vpc-links.ts";

/** A resource with tags, which are a part of it here; `save` keeps changed ones. */
interface Taggable {
  arn: string;
  tags: Record<string, string> | undefined;
  save: (tags: Record<string, string>) => void;
}

/** Everything that has tags in a region. */
function* taggable(ctx: Ctx): Iterable<Taggable> {
  const arnOf = (path: string): string => `arn:${ctx.partition}:apigateway:${ctx.regionName}::/${path}`;
  for (const [id, record] of ctx.region.apis) {
    yield {
      arn: arnOf(`apis/${id}`),
      tags: record.api.Tags,
      save: (Tags) => {
        record.api = { ...record.api, Tags };
      },
    };
    for (const [name, stage] of record.stages) {
      yield {
        arn: arnOf(`apis/${id}/stages/${name}`),
        tags: stage.Tags,
        save: (Tags) => record.stages.set(name, { ...stage, Tags }),
      };
    }
  }
  const domains = domainNames(ctx.region);
  for (const [name, domain] of domains) {
    yield {
      arn: arnOf(`domainnames/${name}`),
      tags: domain.Tags,
      save: (Tags) => domains.set(name, { ...domain, Tags }),
    };
  }
  const links = vpcLinks(ctx.region);
  for (const [id, link] of links) {
    yield {
      arn: arnOf(`vpclinks/${id}`),
      tags: link.Tags,
      save: (Tags) => links.set(id, { ...link, Tags }),
    };
  }
}

function byArn(ctx: Ctx, arn: string): Taggable {
  const id = /^arn:[\w-]+:apigateway:[\w-]+::\/apis\/(\w+)(?:\/stages\/.+)?$/.exec(arn)?.[1];
  const wanted = decodeURIComponent(arn);
  for (const each of taggable(ctx)) if (each.arn === wanted) return each;
  const link = /::\/vpclinks\/(\w+)$/.exec(arn)?.[1];
  if (link !== undefined) throw notFound("VpcLink");
  if (/::\/domainnames\/[^/]+$/.test(arn)) throw notFound("domain name");
  if (id === undefined) throw badRequest(`Invalid ARN specified in the request: ${arn}`);
  needApi(ctx, id);
  throw notFound("stage");
}

/** What the tagging API finds. */
export function* tagged(ctx: Ctx): Iterable<Tagged> {
  for (const { arn, tags = {} } of taggable(ctx)) yield { arn, tags: new Map(Object.entries(tags)) };
}

export const tags = tagOperations(client, {
  calls: ["TagResource", "UntagResource", "GetTags"],
  reference: "ResourceArn",
  output: "Tags",
  check: (ctx, present, added) => checkTags(ctx, Object.fromEntries(present), added),
  find: (ctx, arn) => new Map(Object.entries(byArn(ctx, arn).tags ?? {})),
  save: (ctx, arn, changed) => byArn(ctx, arn).save(Object.fromEntries(changed)),
});
