/** Responses of a WEBSOCKET API's integration. */
import { entry, socketApi } from "../beside.ts";
import { PARENT, type TypeExample } from "../example.ts";

const integration = entry(
  "ApiGatewayV2",
  "Integration",
  { IntegrationType: "HTTP", IntegrationMethod: "POST", IntegrationUri: "https://a.example" },
  { api: "shop" },
  "backend",
);

export const example: TypeExample = {
  type: "ApiGatewayV2::IntegrationResponse",
  cloudFormation: [{ type: "AWS::ApiGatewayV2::IntegrationResponse" }],
  differences: {
    "ApiId: only there": PARENT,
    "IntegrationId: only there": "the dependency `integration` gives it",
  },
  lives: [
    {
      as: "response",
      beside: [socketApi, integration],
      dependencies: { integration: "backend" },
      full: {
        IntegrationResponseKey: "/2\\d\\d/",
        ResponseParameters: { "integrationresponse.header.a": "'1'" },
        ResponseTemplates: { json: "$input.body" },
        TemplateSelectionExpression: "$integration.response.body.kind",
        ContentHandlingStrategy: "CONVERT_TO_TEXT",
      },
      minimal: { IntegrationResponseKey: "/2\\d\\d/" },
      needed: ["IntegrationResponseKey"],
      changed: {
        IntegrationResponseKey: "$default",
        ResponseParameters: { "integrationresponse.header.b": "'2'" },
        ResponseTemplates: { text: "ok" },
        TemplateSelectionExpression: "$integration.response.body.type",
        ContentHandlingStrategy: "CONVERT_TO_BINARY",
      },
    },
  ],
  onMoto: true,
};
