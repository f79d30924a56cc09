/** All HTTP routes of the running bot. */
import { Hono } from "hono";
import type { BotConfig } from "../config/config.ts";
import type { Log } from "../services/services.ts";
import { filterPayload } from "../events/payload-filter.ts";
import type { Store } from "../services/store.ts";
import type { Env, Routes } from "./web/context.ts";
import type { ReadChecks } from "./checks/routes.ts";
import { notHere } from "./auth/guard.ts";
import { healthRoutes, type Probe } from "./health.ts";
import type { Metrics } from "../services/metrics.ts";
import { pagesRoutes } from "./pages/routes.ts";
import type { ServerOptions } from "./server.ts";
import { webhookRoutes } from "./webhooks.ts";

interface BotParts {
  readonly config: Pick<BotConfig, "webhookSecret" | "oauth" | "publicUrl" | "serverUrl" | "apiUrl">;
  readonly store: Store;
  readonly log: Log;
  readonly metrics: Metrics;
  /** Readiness: the database answers, the queue works, the process is not stopping. */
  readonly probes: readonly Probe[];
  readonly version: string;
  readonly checks: ReadChecks;
  readonly now?: () => number;
}

/** For `createServer`: webhooks, health, pages. */
export function botRoutes(parts: BotParts): ServerOptions {
  const { config, store, log, metrics, probes, version, checks, now = Date.now } = parts;
  const routes: Routes = new Hono<Env>();
  routes.route("/", webhookRoutes({ store, filterPayload, secret: config.webhookSecret, log, metrics, now }));
  routes.route("/", healthRoutes({ probes, metrics, log }));
  routes.route("/", pagesRoutes({ ...config, store, log, metrics, version, checks, now }));
  return { routes, log, onAnswer: metrics.request, notFound: (call) => notHere(call, version) };
}
