/** What API Gateway refuses of a stage because of its Api's protocol. */
import { isObject, type JsonObject, type JsonValue } from "../../../model/values.ts";
import type { Finding, Linked, LinkedSpec } from "../../../spec/type-rules.ts";
import { type Path, refused } from "../../findings.ts";
import { objectOf, textOf } from "../../live-values.ts";
import { onlyFor, protocolOf } from "../protocol.ts";

export function inspectStage(one: Linked, spec: LinkedSpec): readonly Finding[] {
  const protocol = protocolOf(one, spec);
  const { properties } = one;
  const name = textOf(properties.StageName);
  return [
    ...onlyFor(one, protocol, { HTTP: [], WEBSOCKET: ["ClientCertificateId"] }),
    ...(protocol === "HTTP" ? executionLogs(properties) : []),
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
