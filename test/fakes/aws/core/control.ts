import type { WireRequest, WireResponse } from "../wire/message.ts";
import type { Dispatcher } from "./dispatch.ts";
import type { Fault } from "./faults.ts";

const json = (value: unknown): WireResponse => ({
  status: 200,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(value),
});

/**
 * The fake's own paths, for tests that reach it as a process: GET /_fake/calls, POST /_fake/reset,
 * POST /_fake/faults (a Fault, without `when`), DELETE /_fake/faults.
 */
export function control(dispatcher: Dispatcher, request: WireRequest): WireResponse | undefined {
  if (!request.path.startsWith("/_fake/")) return undefined;
  const body = Buffer.from(request.body ?? "").toString();
  switch (`${request.method} ${request.path}`) {
    case "GET /_fake/calls":
      return json(dispatcher.calls);
    case "POST /_fake/reset":
      dispatcher.calls.length = 0;
      return json({});
    case "POST /_fake/faults": {
      const fault: Fault = JSON.parse(body);
      return json(dispatcher.faults.inject(fault));
    }
    case "GET /_fake/faults":
      return json(dispatcher.faults.armed);
    case "DELETE /_fake/faults":
      dispatcher.faults.clear();
      return json({});
    default:
      return { ...json({ message: "no such path" }), status: 404 };
  }
}
