/** The context of every handler: Hono's, with Node's request and response and a signal for shutdown. */
import type { HttpBindings } from "@hono/node-server";
import type { Context, Hono } from "hono";
import type { SecureHeadersVariables } from "hono/secure-headers";
import type { ContentfulStatusCode } from "hono/utils/http-status";

export interface Env {
  readonly Bindings: HttpBindings & {
    /** Aborted when the server closes: streams then end, and clients reconnect to another process. */
    readonly closing: AbortSignal;
  };
  readonly Variables: SecureHeadersVariables;
}

export type Call = Context<Env>;
export type Handler = (call: Call) => Response | Promise<Response>;
/** Routes, mounted by the server. */
export type Routes = Hono<Env>;
export type Status = ContentfulStatusCode;

/** One line of plain text, for machines and `curl`. */
export function plain(
  call: Call,
  status: Status,
  line: string,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return call.text(`${line}\n`, status, headers);
}

/** Redirects the browser to another page with GET; keeps cookies already set. */
export function seeOther(call: Call, location: string): Response {
  call.header("cache-control", "no-store");
  return call.redirect(location, 303);
}
