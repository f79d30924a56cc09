import * as client from "@aws-sdk/client-lambda";
import type { Ctx } from "../core/context.ts";
import { tagOperations as tagCalls } from "../core/tags.ts";
import { invalid, needFunction, notFound, validation } from "./common.ts";
import { mappings } from "./event-source-mappings.ts";
import { checkTags } from "./tag-rules.ts";

/** A call that adds none is refused; a create without is none. */
function checkChange(ctx: Ctx, present: Map<string, string>, tags: Record<string, string>): void {
  if (Object.keys(tags).length === 0) throw invalid("An error occurred and the request cannot be processed.");
  checkTags(ctx, present, tags);
}

/** Tags belong to the function, not to a version: a qualified ARN is refused. */
export const tagOperations = tagCalls(client, {
  calls: ["TagResource", "UntagResource", "ListTags"],
  reference: "Resource",
  output: "Tags",
  check: checkChange,
  checkRemoval: (keys) => {
    if (keys.length > 0) return;
    throw validation("Value null at 'tagKeys' failed to satisfy constraint: Member must not be null");
  },
  find: (ctx, arn) => {
    const mapping = /:event-source-mapping:([\w-]+)$/.exec(arn)?.[1];
    if (mapping !== undefined) {
      const found = mappings(ctx.region).get(mapping);
      if (found === undefined) throw notFound("The resource you requested does not exist.");
      return found.tags;
    }
    if (!/^arn:[\w-]+:lambda:[\w-]+:\d{12}:function:[\w-]+$/.test(arn)) {
      throw validation(
        `Value '${arn}' at 'resource' failed to satisfy constraint: Member must satisfy regular expression pattern of an unqualified function ARN`,
      );
    }
    return needFunction(ctx, arn).tags;
  },
});
