import type { Service } from "../core/service.ts";
import { bodyText, type WireRequest } from "./message.ts";
import { createRestRouter, type RestRouter } from "./router.ts";
import type { OperationShape } from "./shapes.ts";

export interface Identified {
  service: Service;
  operation: OperationShape;
  labels: Record<string, string>;
}

export type Identify = (request: WireRequest) => Identified | undefined;

const isRest = ({ protocol }: Service): boolean => protocol === "rest-json" || protocol === "rest-xml";

/** Tells service and operation from the request alone: X-Amz-Target, Action= in the form, or method and path. */
export function createIdentify(services: readonly Service[]): Identify {
  const rest = services
    .filter(isRest)
    .map((service): [Service, RestRouter] => [service, createRestRouter(service.known)]);
  const named = new Map<string, [Service, OperationShape]>();
  for (const service of services) {
    if (isRest(service)) continue;
    for (const shape of service.known) named.set(`${service.key} ${shape.name}`, [service, shape]);
  }
  const byName = (key: string): Identified | undefined => {
    const found = named.get(key);
    return found === undefined ? undefined : { service: found[0], operation: found[1], labels: {} };
  };

  return (request) => {
    const target = request.headers["x-amz-target"];
    if (target !== undefined) return byName(target.replace(/\.(?=[^.]*$)/, " "));
    const type = request.headers["content-type"] ?? "";
    if (type.startsWith("application/x-www-form-urlencoded")) {
      const form = bodyText(request);
      const action = /(?:^|&)Action=([^&]*)/.exec(form)?.[1];
      const version = /(?:^|&)Version=([^&]*)/.exec(form)?.[1];
      return byName(`${version ?? ""} ${action ?? ""}`);
    }
    for (const [service, route] of rest) {
      const match = route(request.method, request.path, request.query);
      if (match !== undefined) return { service, operation: match.operation, labels: match.labels };
    }
    return undefined;
  };
}
