/** Liveness, readiness and metrics, for load balancers, orchestrators and Prometheus. */
import { Hono } from "hono";
import type { Log } from "../services/services.ts";
import { type Call, type Env, plain, type Routes } from "./web/context.ts";
import type { Metrics } from "../services/metrics.ts";
import { messageOf } from "../../src/model/errors.ts";
import { within } from "../../src/model/clock.ts";

/** One readiness condition. `check` rejects or returns the problem when the condition does not hold. */
export interface Probe {
  readonly name: string;
  readonly check: () => Promise<string | undefined> | string | undefined;
}

interface HealthParts {
  readonly probes: readonly Probe[];
  readonly metrics: Pick<Metrics, "text" | "contentType">;
  readonly log: Log;
  readonly probeTimeoutMs?: number;
}

const NOT_STORED = { "cache-control": "no-store" } as const;

/** `/healthz`, `/readyz`, `/metrics`. */
export function healthRoutes(parts: HealthParts): Routes {
  const routes: Routes = new Hono<Env>();
  routes.get("/healthz", (call) => plain(call, 200, "alive", NOT_STORED));
  routes.get("/readyz", (call) => readiness(parts, call));
  routes.get("/metrics", async (call) =>
    call.body(await parts.metrics.text(), 200, {
      "content-type": parts.metrics.contentType,
      ...NOT_STORED,
    }),
  );
  return routes;
}

async function readiness(
  { probes, log, probeTimeoutMs = 2_000 }: HealthParts,
  call: Call,
): Promise<Response> {
  const results = await Promise.all(
    probes.map(async ({ name, check }) => ({ name, problem: await problemOf(check, probeTimeoutMs) })),
  );
  const failing = results.filter(({ problem }) => problem !== undefined);
  // Reasons only go to the log: this endpoint is public, and database messages name hosts and users.
  for (const { name, problem } of failing) log.warn({ probe: name, problem }, "not ready");
  const checks = Object.fromEntries(results.map(({ name, problem }) => [name, problem === undefined]));
  const ready = failing.length === 0;
  return call.json({ ready, checks }, ready ? 200 : 503, NOT_STORED);
}

function problemOf(check: Probe["check"], timeoutMs: number): Promise<string | undefined> {
  const late = (): Error => new Error(`no answer within ${timeoutMs} ms`);
  return within(timeoutMs, (async () => check())(), late).catch(messageOf);
}
