/** Reading Apis: one list of all, of which those are kept that the spec names or that carry our tags. */
import { isOurs } from "../../../aws/tags.ts";
import { isEmpty, type JsonObject } from "../../../model/values.ts";
import { tagsOf, textOf } from "../../live-values.ts";
import type { Live, Lookup, ReadContext } from "../../type.ts";
import { liveApi, quickCreated } from "./state.ts";
import { listApis, listIntegrations, listRoutes } from "../lists.ts";

export async function readApis(context: ReadContext): Promise<readonly Live[]> {
  const lookups = new Map(context.lookups.map((lookup) => [lookup.name, lookup]));
  const all = await listApis(context);
  const concerned = all.filter((api) => lookups.has(textOf(api.Name)) || isOurs(tagsOf(api), context.stack));
  return Promise.all(concerned.map((api) => readApi(context, api, lookups.get(textOf(api.Name)))));
}

async function readApi(context: ReadContext, api: JsonObject, lookup: Lookup | undefined): Promise<Live> {
  const live = liveApi(api, context.stack, lookup?.properties, {});
  if (!mayBeQuickCreated(context, api, lookup)) return live;
  return liveApi(api, context.stack, lookup?.properties, await readQuickCreated(context, live.id));
}

/**
 * Nothing in an Api's own answer says whether it was quick-created. The lists that do are those of its children, which
 * are read for every Api of ours anyway: asked here first, they cost no further call.
 */
function mayBeQuickCreated({ stack }: ReadContext, api: JsonObject, lookup: Lookup | undefined): boolean {
  if (api.ProtocolType !== "HTTP") return false;
  return isOurs(tagsOf(api), stack) || !isEmpty(lookup?.properties?.Target);
}

export async function readQuickCreated(
  reading: Pick<ReadContext, "aws" | "once">,
  apiId: string,
): Promise<JsonObject> {
  const [integrations, routes] = await Promise.all([
    listIntegrations(reading, apiId),
    listRoutes(reading, apiId),
  ]);
  return quickCreated(integrations, routes);
}
