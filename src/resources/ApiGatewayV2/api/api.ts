/** HTTP and WEBSOCKET APIs. Facts: https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis.html */
import { factLists } from "../../facts.ts";
import { isEmpty } from "../../../model/values.ts";
import { textOf } from "../../live-values.ts";
import { nameFrom, propertyName } from "../../naming.ts";
import type { ResourceType } from "../../type.ts";
import type { Entry } from "../../../spec/type-rules.ts";
import { readApis } from "./read.ts";
import { apiSchema, checkApi } from "./schema.ts";
import { desiredApi } from "./state.ts";
import { createApi, deleteApi, supersedeApi, updateApi } from "./write.ts";
import { API } from "../common.ts";
import { gatewayTags } from "../permissions.ts";
import { apiGateway } from "../service.ts";

/** AWS asks for the protocol; GruCloud's generator leaves it out for HTTP. */
function withProtocol(entry: Entry): Entry {
  return { ...entry, properties: { ProtocolType: "HTTP", ...entry.properties } };
}

export const api: ResourceType = {
  type: API,
  summary: "An HTTP or WEBSOCKET API.",
  service: apiGateway,
  called: "`Name`",
  attributes: {
    id: "The API's id, such as `7a38wlw431`.",
    "live.ApiEndpoint":
      "The address with its scheme: `https://7a38wlw431.execute-api.eu-west-2.amazonaws.com`.",
    "live.Endpoint": "The address without scheme.",
    "live.Arn": "`arn:aws:apigateway:REGION::/apis/ID`, for tags and policies of the control plane.",
    "live.ArnV2": "`arn:aws:execute-api:REGION:ACCOUNT:ID`, for permissions: append `/*`.",
  },
  outputs: { ApiId: "ApiId", ApiEndpoint: "ApiEndpoint" },
  permissions: {
    read: ["GetApis"],
    write: [
      "GetApi",
      "CreateApi",
      "UpdateApi",
      "DeleteApi",
      "DeleteCorsConfiguration",
      "TagResource",
      "UntagResource",
    ],
    besides: gatewayTags,
  },
  dependencies: {},
  schema: apiSchema,
  ...factLists(apiSchema),
  taggable: true,
  replaceOrder: "create-first",
  consequence(live) {
    const endpoint = textOf(live.attributes.ApiEndpoint);
    return `Callers of ${endpoint || `the API ${live.id}`} will fail: a new API has a different address.`;
  },
  canonical: (entry) => withProtocol(nameFrom("Name", entry)),
  name: (entry) => propertyName("Name", entry),
  check: checkApi,
  desiredState: desiredApi,
  // "You can update a quick-created target, but you can't remove it from an API": SDK UpdateApiRequest.Target.
  replaces: ({ path }, before, after) =>
    path === "Target" && isEmpty(before.Target) !== isEmpty(after.Target) ? true : undefined,
  read: readApis,
  create: createApi,
  update: updateApi,
  delete: deleteApi,
  supersede: supersedeApi,
};
