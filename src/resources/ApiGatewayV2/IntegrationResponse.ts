/** Integration responses. Facts: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-integration-responses.html */
import { sdkInput } from "../../aws/sdk-input.ts";
import { defineType } from "../define.ts";
import { optional, required } from "../facts.ts";
import { enumText, limitedText, patternText, properties, text, textMap } from "../schema.ts";
import type { Live } from "../type.ts";
import { INTEGRATION, INTEGRATION_RESPONSE } from "./common.ts";
import {
  besideParent,
  hasResponses,
  mergedMaps,
  ofResponse,
  onlyForWebSocket,
  pairByKey,
} from "./responses.ts";
import { apiGateway } from "./service.ts";

const ofLive = (live: Live) => {
  const { ApiId, ParentId } = ofResponse(live);
  return { ApiId, IntegrationId: ParentId, IntegrationResponseId: live.id };
};

export const integrationResponse = defineType({
  type: INTEGRATION_RESPONSE,
  summary: "What a WEBSOCKET API makes of an integration's answer.",
  service: apiGateway,
  properties: properties({
    IntegrationResponseKey: required(
      patternText(/^(\$default|\/.*\/)$/, '"$default", or a pattern for the answer such as "/2\\d\\d/"'),
      "Which answers: `$default`, or a pattern between slashes. Unique in the integration.",
    ),
    ResponseParameters: optional(textMap(limitedText(512, 1)), "Values of the response by parameter."),
    ResponseTemplates: optional(textMap(limitedText(32_768)), "Templates of the response by key."),
    TemplateSelectionExpression: optional(text(), "Expression that chooses the template."),
    ContentHandlingStrategy: optional(
      enumText("CONVERT_TO_BINARY", "CONVERT_TO_TEXT"),
      "How the content is converted.",
      { defaultWords: "as it is" },
    ),
  }),
  dependencies: { integration: { type: INTEGRATION, required: true, parent: true } },
  identity: { by: "parent", property: "IntegrationResponseKey" },
  id: "IntegrationResponseId",
  pair: pairByKey("IntegrationResponseKey"),
  inspect: onlyForWebSocket,
  attributes: { id: "The integration response's id." },
  permissions: {
    read: ["GetIntegrationResponses"],
    write: ["CreateIntegrationResponse", "UpdateIntegrationResponse", "DeleteIntegrationResponse"],
  },
  consequence: () => undefined,
  fromAws: (answer, { parent }) => besideParent(answer, parent),
  calls: {
    list: async (client, paging, { parent }) =>
      hasResponses(parent)
        ? client.getIntegrationResponses({
            ApiId: String(parent.attributes.ApiId),
            IntegrationId: parent.id,
            ...paging,
          })
        : {},
    create: (client, input, { parent }) =>
      client.createIntegrationResponse(
        sdkInput({ ...input, ApiId: parent?.attributes.ApiId ?? "", IntegrationId: parent?.id ?? "" }),
      ),
    update: (client, input, context) =>
      client.updateIntegrationResponse(
        sdkInput({
          ...mergedMaps(input, context, ["ResponseParameters", "ResponseTemplates"]),
          ...ofLive(context.live),
        }),
      ),
    delete: (client, live) => client.deleteIntegrationResponse(ofLive(live)),
  },
});
