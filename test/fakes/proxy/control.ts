import type { Fault } from "../aws/core/faults.ts";
import { bodyText, type WireRequest, type WireResponse } from "../aws/wire/message.ts";
import type { AwsProxy, AwsProxyOptions } from "./proxy.ts";

const json = (value: unknown, status = 200): WireResponse => ({
  status,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(value),
});

/**
 * The proxy's own paths, for tests that reach it as a process: GET /_proxy/calls and /_proxy/counts,
 * POST /_proxy/reset, POST and DELETE /_proxy/faults (a Fault, without `when`), PATCH /_proxy/options.
 */
export function control(proxy: AwsProxy, request: WireRequest): WireResponse | undefined {
  if (!request.path.startsWith("/_proxy/")) return undefined;
  switch (`${request.method} ${request.path}`) {
    case "GET /_proxy/calls":
      return json(proxy.calls);
    case "GET /_proxy/counts":
      return json(proxy.counts());
    case "POST /_proxy/reset":
      proxy.reset();
      return json({});
    case "POST /_proxy/faults": {
      const fault: Fault = JSON.parse(bodyText(request));
      return json(proxy.faults.inject(fault));
    }
    case "GET /_proxy/faults":
      return json(proxy.faults.armed);
    case "DELETE /_proxy/faults":
      proxy.faults.clear();
      return json({});
    case "PATCH /_proxy/options": {
      const changes: Partial<AwsProxyOptions> = JSON.parse(bodyText(request));
      return json(Object.assign(proxy.options, changes));
    }
    default:
      return json({ message: "no such path" }, 404);
  }
}
