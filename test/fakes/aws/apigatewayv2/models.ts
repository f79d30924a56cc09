import type { Model } from "@aws-sdk/client-apigatewayv2";
import { table } from "../core/table.ts";
import type { ApiRecord } from "../state.ts";
import { conflict } from "./common.ts";
import { inApi } from "./resource.ts";
import { atMost, refuse } from "./rules.ts";
import { routesThat } from "./users.ts";

/** The models of an API, by id. */
export const models = table<ApiRecord, Model>();

function isJson(text = ""): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Models: WEBSOCKET only; routes name them in RequestModels. */
export const modelOperations = inApi<Model>({
  noun: "Model",
  store: ({ api }) => models(api),
  id: 6,
  rules: [
    refuse((_it, { http }) => http, "Models are not supported for HTTP APIs"),
    refuse((it) => !/^[a-zA-Z0-9]{1,128}$/.test(it.Name ?? ""), "Model name must be alphanumeric"),
    atMost("ContentType", 256),
    atMost("Description", 1024),
    atMost("Schema", 32 * 1024),
    refuse((it) => !isJson(it.Schema), "Invalid model schema specified. Schema must be valid JSON"),
  ],
  clash: (it, other) =>
    it.Name === other.Name ? conflict(`Model with name ${it.Name} already exists for this API`) : undefined,
  removal: [
    routesThat(
      ({ RequestModels = {} }, it) => Object.values(RequestModels).includes(it.Name ?? ""),
      (routes, it) => conflict(`Cannot delete model '${it.Name}', is referenced in route: ${routes}`),
    ),
  ],
});
