/** Quick create: what is known of it only through the integration and the route that API Gateway keeps itself. */
import { isOurs } from "../../../aws/tags.ts";
import { isEmpty, type JsonObject } from "../../../model/values.ts";
import type { Where } from "../../definition.ts";
import { tagsOf } from "../../live-values.ts";
import type { ReadContext } from "../../type.ts";
import { listIntegrations, listRoutes } from "../lists.ts";
import { textOf } from "../../live-values.ts";

/**
 * An Api's answer with `Target`, `RouteKey` and `CredentialsArn`. Nothing in the answer says whether the Api was
 * quick-created; the lists of its children do. They are read for every Api of ours anyway: asked here first, they cost
 * no further call.
 */
export async function withQuickCreated(
  reading: Pick<ReadContext, "aws" | "once">,
  answer: JsonObject,
  { stack, wanted }: Where,
): Promise<JsonObject> {
  if (answer.ProtocolType !== "HTTP") return answer;
  if (!isOurs(tagsOf(answer), stack) && isEmpty(wanted?.Target)) return answer;
  const id = textOf(answer.ApiId);
  const [integrations, routes] = await Promise.all([listIntegrations(reading, id), listRoutes(reading, id)]);
  const integration = integrations.find((one) => one.ApiGatewayManaged === true);
  if (integration === undefined) return answer;
  const route = routes.find((one) => one.ApiGatewayManaged === true);
  const { IntegrationUri, CredentialsArn } = integration;
  return {
    ...answer,
    ...(IntegrationUri === undefined ? {} : { Target: IntegrationUri }),
    ...(route?.RouteKey === undefined ? {} : { RouteKey: route.RouteKey }),
    ...(CredentialsArn === undefined ? {} : { CredentialsArn }),
  };
}
