/** The Hono app around all routes: measures requests, answers unknown routes, and keeps error details out of responses. */
import { Hono } from "hono";
import { HTTPException } from "hono/http-exception";
import { methodNotAllowed } from "hono/method-not-allowed";
import { routePath } from "hono/route";
import type { Log } from "../services/services.ts";
import { type Env, type Handler, plain, type Routes } from "./web/context.ts";

export interface AppOptions {
  readonly routes: Routes;
  readonly log: Log;
  /** Called for every response, for metrics. `route` is a pattern, which keeps the number of label values small. */
  readonly onAnswer?: (route: string, method: string, status: number, seconds: number) => void;
  /** The page for unknown routes. */
  readonly notFound?: Handler;
}

export function createApp({ routes, log, onAnswer, notFound }: AppOptions): Routes {
  const app: Routes = new Hono<Env>();
  app.use(async (call, next) => {
    const started = performance.now();
    await next();
    const seconds = (performance.now() - started) / 1000;
    const path = routePath(call, -1);
    onAnswer?.(path.endsWith("*") ? "(none)" : path, call.req.method, call.res.status, seconds);
  });
  app.use(
    methodNotAllowed({
      app,
      onMethodNotAllowed: (call, methods) =>
        call.text(`${call.req.method} is not answered here\n`, 405, { allow: methods.join(", ") }),
    }),
  );
  app.route("/", routes);
  app.notFound(notFound ?? ((call) => plain(call, 404, "nothing is here")));
  app.onError((error, call) => {
    if (error instanceof HTTPException) return error.getResponse();
    // A client that disconnected is not a failure.
    if (!call.env.outgoing.destroyed)
      log.error(
        { method: call.req.method, route: routePath(call, -1), error: error.stack ?? error.message },
        "a request failed",
      );
    return plain(call, 500, "something went wrong here; the bot's log says what", {
      "cache-control": "no-store",
    });
  });
  return app;
}
