/** What API Gateway refuses of an integration because of its Api's protocol. */
import type { Finding, Linked, LinkedSpec } from "../../../spec/type-rules.ts";
import { refused } from "../../findings.ts";
import { objectOf, textOf } from "../../live-values.ts";
import { onlyFor, protocolOf } from "../protocol.ts";

const ONLY_FOR = {
  HTTP: ["IntegrationSubtype", "ResponseParameters", "TlsConfig"],
  WEBSOCKET: ["ContentHandlingStrategy", "RequestTemplates", "TemplateSelectionExpression"],
} as const;

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html */
const MAPPINGS = {
  HTTP: {
    form: /^((append|overwrite|remove):(header|querystring)\.\S+|overwrite:path)$/,
    example: "append:header.x, overwrite:querystring.x, remove:header.x or overwrite:path",
  },
  WEBSOCKET: {
    form: /^integration\.request\.(header|querystring|path|multivalueheader|multivaluequerystring)\.\S+$/,
    example: "integration.request.header.x",
  },
} as const;
/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-aws-services.html: roles only. */
const CALLERS = /^arn:[\w-]+:iam::\*:user\/\*$/;
const RESPONSE = /^((append|overwrite|remove):header\.\S+|overwrite:statuscode)$/;

export function inspectIntegration(one: Linked, spec: LinkedSpec): readonly Finding[] {
  const protocol = protocolOf(one, spec);
  const { properties, dependencies } = one;
  if (protocol === undefined) return [];
  const type = textOf(properties.IntegrationType);
  const foreign = protocol === "HTTP" && ["AWS", "HTTP", "MOCK"].includes(type);
  const uri = textOf(properties.IntegrationUri);
  const direct = properties.ConnectionType !== "VPC_LINK" && dependencies.vpcLink === undefined;
  const parameters = properties.IntegrationSubtype === undefined ? properties.RequestParameters : undefined;
  const { form, example } = MAPPINGS[protocol];
  return [
    ...onlyFor(one, protocol, ONLY_FOR),
    ...(foreign
      ? [
          refused(
            "IntegrationType",
            `HTTP APIs have integrations of type AWS_PROXY and HTTP_PROXY only, not ${type}`,
            `Write "${type === "AWS" ? "AWS_PROXY" : "HTTP_PROXY"}".`,
          ),
        ]
      : []),
    ...(protocol === "HTTP" && CALLERS.test(textOf(properties.CredentialsArn))
      ? [
          refused(
            "CredentialsArn",
            `${JSON.stringify(properties.CredentialsArn)}, the caller's own credentials, is only for WEBSOCKET APIs`,
            "Name a role that API Gateway may assume as dependencies.role, and let its policy decide.",
          ),
        ]
      : []),
    ...(direct && ["HTTP", "HTTP_PROXY"].includes(type) && uri !== "" && !/^https?:\/\/[^\s/]+/.test(uri)
      ? [refused("IntegrationUri", `${JSON.stringify(uri)} is not a URL`, 'Begin it with "https://".')]
      : []),
    ...Object.keys(objectOf(parameters))
      .filter((key) => !form.test(key))
      .map((key) =>
        refused(
          ["RequestParameters", key],
          `${JSON.stringify(key)} is not a parameter of ${protocol} APIs`,
          `Write ${example}.`,
        ),
      ),
    ...Object.entries(objectOf(properties.ResponseParameters)).flatMap(([status, mappings]) =>
      Object.keys(objectOf(mappings))
        .filter((key) => !RESPONSE.test(key))
        .map((key) =>
          refused(
            ["ResponseParameters", status, key],
            `${JSON.stringify(key)} is not a change of a response`,
            "Write append:header.x, overwrite:header.x, remove:header.x or overwrite:statuscode.",
          ),
        ),
    ),
  ];
}
