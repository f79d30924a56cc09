/** What every handler is given: Hono's context with Node's own request and response, and when the server closes. */
import type { HttpBindings } from "@hono/node-server";
import type { Context, Hono } from "hono";
import type { SecureHeadersVariables } from "hono/secure-headers";
import type { ContentfulStatusCode } from "hono/utils/http-status";

export interface Env {
  readonly Bindings: HttpBindings & {
    /** Aborted when the server closes: streams end then, and come back to another process. */
    readonly closing: AbortSignal;
  };
  readonly Variables: SecureHeadersVariables;
}

export type Call = Context<Env>;
export type Handler = (call: Call) => Response | Promise<Response>;
/** A room's routes, mounted by the server. */
export type Routes = Hono<Env>;
export type Status = ContentfulStatusCode;

/** One line of plain text; what machines and `curl` get. */
export function plain(
  call: Call,
  status: Status,
  line: string,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return call.text(`${line}\n`, status, headers);
}

/** Sends the browser on to another page by GET. Cookies that were set before go with it. */
export function seeOther(call: Call, location: string): Response {
  call.header("cache-control", "no-store");
  return call.redirect(location, 303);
}
