/** HTTP and WEBSOCKET APIs. Facts: https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis.html */
import { sdkInput } from "../../../aws/sdk-input.ts";
import { isEmpty } from "../../../model/values.ts";
import type { Entry } from "../../../spec/type-rules.ts";
import { defineType } from "../../define.ts";
import { textOf } from "../../live-values.ts";
import { nameFrom } from "../../naming.ts";
import { SUPERSEDED_TAG, supersededByTag } from "../../superseded.ts";
import { apiCallables } from "../callables.ts";
import { API } from "../common.ts";
import { listApis } from "../lists.ts";
import { gatewayTags } from "../permissions.ts";
import { apiGateway } from "../service.ts";
import { apiArn, gatewayTagCalls } from "../tagging.ts";
import { inspectApi, openConnections } from "./inspect.ts";
import { withQuickCreated } from "./quick-create.ts";
import { apiProperties, checkApi } from "./schema.ts";
import { updateApi } from "./update.ts";

/** AWS asks for the protocol; GruCloud's generator leaves it out for HTTP. */
function withProtocol(entry: Entry): Entry {
  return { ...entry, properties: { ProtocolType: "HTTP", ...entry.properties } };
}

export const api = defineType({
  type: API,
  summary: "An HTTP or WEBSOCKET API.",
  service: apiGateway,
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
    read: ["GetApis", "GetIntegrations", "GetRoutes"],
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
  properties: apiProperties,
  identity: { by: "tags", property: "Name" },
  physicalName: (name, shortened) => shortened(name, 128),
  id: "ApiId",
  arn: (stack, { id }) => apiArn(stack, id),
  tags: gatewayTagCalls,
  noteTags: [SUPERSEDED_TAG],
  replaceOrder: "create-first",
  consequence(live) {
    const endpoint = textOf(live.attributes.ApiEndpoint);
    return `Callers of ${endpoint || `the API ${live.id}`} will fail: a new API has a different address.`;
  },
  canonical: (entry) => withProtocol(nameFrom("Name", entry)),
  checks: checkApi,
  inspect: inspectApi,
  openTo: openConnections,
  callables: apiCallables,
  fromAws: (answer, { stack: { partition, region, account } }) => ({
    ...answer,
    ArnV2: `arn:${partition}:execute-api:${region}:${account}:${textOf(answer.ApiId)}`,
    Endpoint: textOf(answer.ApiEndpoint).replace(/^\w+:\/\//, ""),
  }),
  standing: supersededByTag,
  // "You can update a quick-created target, but you can't remove it from an API": SDK UpdateApiRequest.Target.
  replaces: ({ path }, before, after) =>
    path === "Target" && isEmpty(before.Target) !== isEmpty(after.Target) ? true : undefined,
  calls: {
    wholeList: listApis,
    complete: withQuickCreated,
    // The default, false, is refused for HTTP APIs.
    create: (client, { DisableSchemaValidation, ...input }) =>
      client.createApi(
        sdkInput(DisableSchemaValidation === true ? { ...input, DisableSchemaValidation } : input),
      ),
    update: updateApi,
    delete: (client, { id }) => client.deleteApi({ ApiId: id }),
  },
  async supersede({ aws, stack, live }) {
    const client = await aws.client(apiGateway);
    await client.tagResource({ ResourceArn: apiArn(stack, live.id), Tags: { [SUPERSEDED_TAG]: live.id } });
  },
});
