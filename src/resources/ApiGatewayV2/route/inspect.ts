/** What API Gateway refuses of a route because of its Api, its authorizer or another route. */
import { isEmpty } from "../../../model/values.ts";
import type { Finding, Linked, LinkedSpec } from "../../../spec/type-rules.ts";
import { doubtful, refused } from "../../findings.ts";
import { objectOf, textOf } from "../../live-values.ts";
import { AUTHORIZER, type Protocol, ROUTE } from "../common.ts";
import { onlyFor, protocolOf } from "../protocol.ts";
import { sameForAws } from "./key.ts";
import { endFindings } from "./open.ts";
import { httpKeyFault, websocketKeyFault } from "./key-form.ts";

const ONLY_FOR = {
  HTTP: ["AuthorizationScopes"],
  WEBSOCKET: [
    "ApiKeyRequired",
    "ModelSelectionExpression",
    "RequestModels",
    "RequestParameters",
    "RouteResponseSelectionExpression",
  ],
} as const;

export function inspectRoute(one: Linked, spec: LinkedSpec): readonly Finding[] {
  const protocol = protocolOf(one, spec);
  return [
    ...keyFindings(one, protocol),
    ...shapeFindings(one, spec),
    ...onlyFor(one, protocol, ONLY_FOR),
    ...(protocol === "WEBSOCKET" ? connectFindings(one) : []),
    ...authorizerFindings(one, spec),
    ...endFindings(one, spec),
  ];
}

function keyFindings({ properties }: Linked, protocol: Protocol | undefined): readonly Finding[] {
  const key = textOf(properties.RouteKey);
  if (key === "" || protocol === undefined) return [];
  const fault = protocol === "HTTP" ? httpKeyFault(key) : websocketKeyFault(key);
  if (fault !== undefined) return [refused("RouteKey", fault.message, fault.hint)];
  if (protocol === "HTTP" || httpKeyFault(key) !== undefined || key === "$default") return [];
  return [
    doubtful(
      "ROUTE_KEY_DOUBTFUL",
      "RouteKey",
      `${JSON.stringify(key)} is a route of HTTP APIs; here it is chosen by messages that hold exactly this text`,
      "Make the API one of ProtocolType HTTP, or name the route after a value in the messages.",
    ),
  ];
}

/** Two routes that match the same requests: AWS refuses the second. */
function shapeFindings(one: Linked, spec: LinkedSpec): readonly Finding[] {
  const key = textOf(one.properties.RouteKey);
  const shape = sameForAws(key);
  if (!shape.includes("{")) return [];
  const first = spec
    .ofType(ROUTE)
    .find(
      ({ parent, properties }) => parent === one.parent && sameForAws(textOf(properties.RouteKey)) === shape,
    );
  if (first === undefined || first === one || first.parent === undefined) return [];
  const at = first.draft.at === undefined ? "" : ` (${first.draft.at.file}:${first.draft.at.line})`;
  return [
    refused(
      "RouteKey",
      `${JSON.stringify(key)} matches the same requests as ${JSON.stringify(first.properties.RouteKey)}${at}: only a variable's name differs`,
      "Remove one of the two, or give their paths different words.",
    ),
  ];
}

/** AWS looks at callers and their parameters once, when they connect. */
function connectFindings({ properties, dependencies }: Linked): readonly Finding[] {
  const key = textOf(properties.RouteKey);
  if (key === "" || key === "$connect") return [];
  const hint = "Put it on the route $connect: what it decides holds for the whole connection.";
  const { AuthorizationType = "NONE" } = properties;
  const authorized = AuthorizationType !== "NONE" || dependencies.authorizer !== undefined;
  return [
    ...(isEmpty(properties.RequestParameters)
      ? []
      : [refused("RequestParameters", "RequestParameters is only for the route $connect", hint)]),
    ...(authorized
      ? [
          refused(
            properties.AuthorizationType === undefined ? ["dependencies", "authorizer"] : "AuthorizationType",
            "only the route $connect of a WEBSOCKET API can have an authorizer or authorization",
            hint,
          ),
        ]
      : []),
  ];
}

/** JWT authorizers need AuthorizationType JWT, Lambda authorizers CUSTOM; only the former know scopes. */
function authorizerFindings({ properties, dependencies }: Linked, spec: LinkedSpec): readonly Finding[] {
  const [target] = dependencies.authorizer ?? [];
  const found = target !== undefined && "key" in target ? spec.byKey(target.key) : undefined;
  const known = found?.draft.type.type === AUTHORIZER && found.draft.broken !== true && !found.draft.readOnly;
  const authorizerType = known ? textOf(found.properties.AuthorizerType) : "";
  const implied = authorizerType === "" ? undefined : authorizerType === "JWT" ? "JWT" : "CUSTOM";
  const type = properties.AuthorizationType ?? implied;
  const findings: Finding[] = [];
  if (implied !== undefined && typeof type === "string" && type !== implied)
    findings.push(
      refused(
        "AuthorizationType",
        `AuthorizationType is "${type}", but ${found?.draft.name ?? "the authorizer"} is of type ${authorizerType}`,
        `Remove it, or write "${implied}".`,
      ),
    );
  const certain = properties.AuthorizerId === undefined && dependencies.authorizer === undefined;
  if (!isEmpty(properties.AuthorizationScopes) && type !== "JWT" && (certain || type !== undefined))
    findings.push(
      refused(
        "AuthorizationScopes",
        "AuthorizationScopes is only for routes with a JWT authorizer",
        "Remove the scopes, or name a JWT authorizer in dependencies.authorizer.",
      ),
    );
  const parameters = Object.keys(objectOf(properties.RequestParameters)).filter(
    (key) => !/^route\.request\.(multivalue)?(querystring|header|path)\.\S+$/.test(key),
  );
  for (const key of parameters)
    findings.push(
      refused(
        ["RequestParameters", key],
        `${JSON.stringify(key)} is not a parameter of a route`,
        "Write route.request.querystring.NAME or route.request.header.NAME.",
      ),
    );
  return findings;
}
