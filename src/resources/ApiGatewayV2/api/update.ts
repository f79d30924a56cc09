/** What the generic update of an Api does not know: how CORS is taken away. */
import type { ApiGatewayV2 } from "@aws-sdk/client-apigatewayv2";
import { ifFound } from "../../../aws/errors.ts";
import { sdkInput } from "../../../aws/sdk-input.ts";
import { isEmpty, type JsonObject } from "../../../model/values.ts";
import { objectOf } from "../../live-values.ts";
import type { UpdateContext } from "../../type.ts";

export async function updateApi(
  client: ApiGatewayV2,
  input: JsonObject,
  { live, state, changed }: UpdateContext,
): Promise<object> {
  const ApiId = live.id;
  if (changed("CorsConfiguration")) {
    const before = objectOf(live.state.CorsConfiguration);
    const after = objectOf(state.CorsConfiguration);
    if (onlyDeletionTakesBack(before, after)) await ifFound(() => client.deleteCorsConfiguration({ ApiId }));
    if (!isEmpty(after)) Object.assign(input, { CorsConfiguration: withEmptyLists(before, after) });
  }
  return isEmpty(input) ? client.getApi({ ApiId }) : client.updateApi(sdkInput({ ApiId, ...input }));
}

/** Updates merge member by member, and take back neither all of CORS nor a MaxAge. */
function onlyDeletionTakesBack(before: JsonObject, after: JsonObject): boolean {
  return !isEmpty(before) && (isEmpty(after) || (before.MaxAge !== undefined && after.MaxAge === undefined));
}

/** Every list, since those that are not sent stay: an empty one clears. */
function withEmptyLists(before: JsonObject, after: JsonObject): JsonObject {
  const lists = Object.entries(before).filter(([, value]) => Array.isArray(value));
  return { ...Object.fromEntries(lists.map(([key]) => [key, []])), ...after };
}
