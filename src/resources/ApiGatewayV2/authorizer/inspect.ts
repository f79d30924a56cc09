/** What API Gateway refuses of an authorizer because of its Api's protocol. */
import type { Finding, Linked, LinkedSpec } from "../../../spec/type-rules.ts";
import { refused } from "../../findings.ts";
import { listOf } from "../../live-values.ts";
import { onlyFor, protocolOf } from "../protocol.ts";

/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-authorizers.html, and what AWS answers. */
const SOURCES = {
  HTTP: {
    form: /^\$(request\.(header|querystring)|stageVariables|context)\.[\w.-]+$/,
    example: "$request.header.Authorization",
  },
  WEBSOCKET: {
    form: /^(route\.request\.(header|querystring)|stageVariables|context)\.[\w.-]+$/,
    example: "route.request.header.Authorization",
  },
} as const;

const ONLY_FOR = {
  HTTP: ["AuthorizerPayloadFormatVersion", "AuthorizerResultTtlInSeconds", "EnableSimpleResponses"],
  WEBSOCKET: [],
} as const;

export function inspectAuthorizer(one: Linked, spec: LinkedSpec): readonly Finding[] {
  const protocol = protocolOf(one, spec);
  const { properties } = one;
  if (protocol === undefined) return [];
  if (protocol === "WEBSOCKET" && properties.AuthorizerType === "JWT")
    return [
      refused(
        "AuthorizerType",
        "WEBSOCKET APIs have authorizers of type REQUEST only",
        "Check the token in a Lambda function, and name that in dependencies.lambdaFunction.",
      ),
    ];
  const { form, example } = SOURCES[protocol];
  const wrong = listOf(properties.IdentitySource).filter(
    (source) => typeof source === "string" && !form.test(source),
  );
  return [
    ...onlyFor(one, protocol, ONLY_FOR),
    ...wrong.map((source) =>
      refused(
        "IdentitySource",
        `${JSON.stringify(source)} is not an identity source of ${protocol} APIs`,
        `Write it like "${example}".`,
      ),
    ),
  ];
}
