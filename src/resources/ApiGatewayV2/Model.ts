/** Models. Facts: https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-models.html */
import * as z from "zod";
import { sdkInput } from "../../aws/sdk-input.ts";
import type { JsonObject, JsonValue } from "../../model/values.ts";
import { defineType } from "../define.ts";
import { optional, required } from "../facts.ts";
import { refused } from "../findings.ts";
import { limitedText, patternText, properties } from "../schema.ts";
import type { Live } from "../type.ts";
import { MODEL, ofParent, parentApi, parentAttributes, protocolOfApi, ROUTE } from "./common.ts";
import { protocolOf } from "./protocol.ts";
import { apiGateway } from "./service.ts";

/** A JSON schema as AWS keeps it, text, and as it is compared: what it says. */
function parsed(schema: JsonValue | undefined): JsonValue | undefined {
  if (typeof schema !== "string") return schema;
  try {
    const value: JsonValue = JSON.parse(schema);
    return value;
  } catch {
    return schema;
  }
}

function comparable(values: JsonObject): JsonObject {
  const Schema = parsed(values.Schema);
  return Schema === undefined ? values : { ...values, Schema };
}

function sent({ Schema, ...input }: JsonObject): JsonObject {
  if (Schema === undefined) return input;
  return { ...input, Schema: typeof Schema === "string" ? Schema : JSON.stringify(Schema) };
}

const ofLive = ({ id, parentId }: Live) => ({ ApiId: parentId ?? "", ModelId: id });

export const model = defineType({
  type: MODEL,
  summary: "A JSON schema for the messages of a WEBSOCKET API's routes.",
  service: apiGateway,
  properties: properties({
    Name: required(
      patternText(/^[a-zA-Z0-9]{1,128}$/, "letters and digits, at most 128"),
      "Name, unique in the API; routes name it in RequestModels.",
    ),
    Schema: required(
      z.union([limitedText(32_768), z.record(z.string(), z.json())]),
      "JSON schema (draft 4), as an object or as text.",
    ),
    ContentType: optional(limitedText(256, 1), "Content type of the messages.", {
      default: "application/json",
    }),
    Description: optional(limitedText(1024), "Free text."),
  }),
  dependencies: { api: parentApi },
  identity: { by: "parent", property: "Name" },
  inspect: (one, spec) =>
    protocolOf(one, spec) === "HTTP"
      ? [
          refused(
            "Name",
            "only WEBSOCKET APIs have models",
            "Remove the Model, or make the API one of ProtocolType WEBSOCKET.",
          ),
        ]
      : [],
  id: "ModelId",
  attributes: { id: "The model's id." },
  permissions: { read: ["GetModels"], write: ["CreateModel", "UpdateModel", "DeleteModel"] },
  consequence: () => undefined,
  // Routes name it, and AWS keeps a model that one names.
  deletedAfter: [ROUTE],
  fromSpec: comparable,
  fromAws: (answer, { parent }) => ({ ...comparable(answer), ...parentAttributes(parent) }),
  calls: {
    // Only WEBSOCKET APIs have models: an HTTP API costs no call.
    list: async (client, paging, { parent }) =>
      parent !== undefined && protocolOfApi(parent) === "HTTP"
        ? {}
        : client.getModels({ ...ofParent(parent), ...paging }),
    create: (client, input, { parent }) =>
      client.createModel(sdkInput({ ...ofParent(parent), ...sent(input) })),
    update: (client, input, { live }) => client.updateModel(sdkInput({ ...ofLive(live), ...sent(input) })),
    delete: (client, live) => client.deleteModel(ofLive(live)),
  },
});
