/** For load balancers, orchestrators and Prometheus: is the process alive, may it get work, how is it doing. */
import type { Log } from "../services/services.ts";
import { type Answer, json, plain, type Route } from "./web/answer.ts";
import type { Metrics } from "../services/metrics.ts";

/** One condition of being ready. Rejects, or says what is wrong, when it does not hold. */
export interface Probe {
  readonly name: string;
  readonly check: () => Promise<string | undefined> | string | undefined;
}

export interface HealthParts {
  readonly probes: readonly Probe[];
  readonly metrics: Pick<Metrics, "text" | "contentType">;
  readonly log: Log;
  readonly probeTimeoutMs?: number;
}

const NOT_STORED = { "cache-control": "no-store" } as const;

/** `/healthz`, `/readyz`, `/metrics`. */
export function healthRoutes(parts: HealthParts): readonly Route[] {
  return [
    { method: "GET", path: "/healthz", handle: () => plain(200, "alive", NOT_STORED) },
    { method: "GET", path: "/readyz", handle: () => readiness(parts) },
    {
      method: "GET",
      path: "/metrics",
      handle: async () => ({
        status: 200,
        headers: { "content-type": parts.metrics.contentType, ...NOT_STORED },
        body: await parts.metrics.text(),
      }),
    },
  ];
}

async function readiness({ probes, log, probeTimeoutMs = 2_000 }: HealthParts): Promise<Answer> {
  const results = await Promise.all(
    probes.map(async ({ name, check }) => ({ name, problem: await problemOf(check, probeTimeoutMs) })),
  );
  const failing = results.filter(({ problem }) => problem !== undefined);
  // Why is for the log: anybody may ask here, and messages of databases name hosts and users.
  for (const { name, problem } of failing) log.warn({ probe: name, problem }, "not ready");
  const checks = Object.fromEntries(results.map(({ name, problem }) => [name, problem === undefined]));
  const ready = failing.length === 0;
  return json(ready ? 200 : 503, { ready, checks }, NOT_STORED);
}

async function problemOf(check: Probe["check"], timeoutMs: number): Promise<string | undefined> {
  let late: NodeJS.Timeout | undefined;
  try {
    return await Promise.race([
      (async () => check())(),
      new Promise<string>((resolve) => {
        late = setTimeout(() => resolve(`no answer within ${timeoutMs} ms`), timeoutMs);
      }),
    ]);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    clearTimeout(late);
  }
}
