/** What API Gateway refuses of a stage because of its Api's protocol. */
import { isEmpty, isObject, type JsonObject, type JsonValue } from "../../../model/values.ts";
import type { Finding, Linked, LinkedSpec } from "../../../spec/type-rules.ts";
import { dependencyOf, doubtful, type Path, refused } from "../../findings.ts";
import { objectOf, textOf } from "../../live-values.ts";
import { ROUTE } from "../common.ts";
import { onlyFor, protocolOf } from "../protocol.ts";

export function inspectStage(one: Linked, spec: LinkedSpec): readonly Finding[] {
  const protocol = protocolOf(one, spec);
  const { properties } = one;
  const name = textOf(properties.StageName);
  return [
    ...onlyFor(one, protocol, { HTTP: [], WEBSOCKET: ["ClientCertificateId"] }),
    ...(protocol === "HTTP" ? executionLogs(properties) : []),
    ...withoutRoute(one, spec),
    ...(protocol === "WEBSOCKET" && name !== "" && !/^\w+$/.test(name)
      ? [
          refused(
            "StageName",
            `${JSON.stringify(name)} is not the name of a WEBSOCKET API's stage: letters, digits and _`,
            name === "$default" ? "Only HTTP APIs have $default." : `Write "${name.replace(/\W/g, "_")}".`,
          ),
        ]
      : []),
  ];
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging.html */
function executionLogs({ DefaultRouteSettings, RouteSettings }: JsonObject): readonly Finding[] {
  const all: [Path, JsonValue | undefined][] = [
    [["DefaultRouteSettings"], DefaultRouteSettings],
    ...Object.entries(objectOf(RouteSettings)).map(([key, settings]): [Path, JsonValue] => [
      ["RouteSettings", key],
      settings,
    ]),
  ];
  return all.flatMap(([path, settings]) => {
    if (!isObject(settings)) return [];
    const { LoggingLevel = "OFF", DataTraceEnabled = false } = settings;
    const wrong = [
      ...(LoggingLevel === "OFF" ? [] : ["LoggingLevel"]),
      ...(DataTraceEnabled === true ? ["DataTraceEnabled"] : []),
    ];
    return wrong.map((key) =>
      refused(
        [...path, key],
        "HTTP APIs have no execution logs",
        "Remove it; AccessLogSettings logs requests.",
      ),
    );
  });
}

/**
 * Settings of a route that the API does not have. AWS refuses new ones; a route may have been made otherwise.
 * AWS's words, "Unable to find Route by key … within the provided RouteSettings": https://github.com/terraform-aws-modules/terraform-aws-apigateway-v2/pull/80
 */
function withoutRoute(one: Linked, spec: LinkedSpec): readonly Finding[] {
  const api = dependencyOf(one, "api", spec);
  if (api === undefined || api.draft.readOnly) return [];
  const routes = spec.ofType(ROUTE).filter((route) => dependencyOf(route, "api", spec) === api);
  const keys = new Set(routes.map(({ properties }) => textOf(properties.RouteKey)));
  // The API's own default route, of a quick create.
  if (!isEmpty(api.properties.Target)) keys.add(textOf(api.properties.RouteKey) || "$default");
  return Object.keys(objectOf(one.properties.RouteSettings))
    .filter((key) => !keys.has(key))
    .map((key) =>
      doubtful(
        "ROUTE_SETTINGS_WITHOUT_ROUTE",
        ["RouteSettings", key],
        `the spec has no route "${key}" of this API: AWS refuses settings of a route that is not there`,
        "Remove these settings, or add the route.",
      ),
    );
}
