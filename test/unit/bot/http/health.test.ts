import { afterEach, describe, expect, test } from "vitest";
import { healthRoutes, type Probe } from "../../../../bot/http/health.ts";
import { createMetrics } from "../../../../bot/services/metrics.ts";
import { keptLog, type Serving, serving } from "./serving.ts";

let running: Serving | undefined;
afterEach(() => running?.server.close(0));

async function health(probes: readonly Probe[]) {
  const metrics = createMetrics({ version: "1.2.3" });
  const log = keptLog();
  running = await serving({ routes: healthRoutes({ probes, metrics, log, probeTimeoutMs: 30 }) });
  return { url: running.url, metrics, log };
}

describe("health", () => {
  test("is alive whatever its probes say", async () => {
    const { url } = await health([{ name: "database", check: () => "away" }]);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  });

  test("is ready when every probe is silent", async () => {
    const { url } = await health([{ name: "database", check: async () => undefined }]);
    const answer = await fetch(`${url}/readyz`);
    expect([answer.status, await answer.json()]).toEqual([200, { ready: true, checks: { database: true } }]);
  });

  test("is not ready when a probe complains, fails or hangs, and says which without saying why", async () => {
    const { url, log } = await health([
      { name: "database", check: () => Promise.reject(new Error("postgres://user:password@db refused")) },
      { name: "queue", check: () => new Promise(() => {}) },
      { name: "draining", check: () => "SIGTERM came" },
      { name: "fine", check: () => undefined },
    ]);
    const answer = await fetch(`${url}/readyz`);
    expect([answer.status, await answer.json()]).toEqual([
      503,
      { ready: false, checks: { database: false, queue: false, draining: false, fine: true } },
    ]);
    expect(log.lines.join("\n")).toMatch(/password@db[\s\S]*no answer within 30 ms[\s\S]*SIGTERM/);
  });

  test("tells Prometheus what was counted", async () => {
    const { url, metrics } = await health([]);
    metrics.run("apply", "succeeded");
    metrics.runDuration("apply", "succeeded", 12);
    metrics.calls("aws", "200", 3);
    metrics.observe(async () => ({ queued: 4, running: 2 }));
    const answer = await fetch(`${url}/metrics`);
    expect(answer.headers.get("content-type")).toContain("text/plain");
    const text = await answer.text();
    for (const line of [
      'gatewright_build_info{version="1.2.3",node="',
      'gatewright_runs_total{kind="apply",state="succeeded"} 1',
      'gatewright_run_duration_seconds_bucket{le="20",kind="apply",state="succeeded"} 1',
      'gatewright_calls_total{service="aws",outcome="200"} 3',
      'gatewright_queue_runs{state="queued"} 4',
      'gatewright_queue_runs{state="running"} 2',
    ])
      expect(text).toContain(line);
  });

  test("leaves the queue out when it cannot be asked", async () => {
    const { url, metrics } = await health([]);
    metrics.observe(() => Promise.reject(new Error("away")));
    const answer = await fetch(`${url}/metrics`);
    expect(answer.status).toBe(200);
    expect(await answer.text()).not.toContain("gatewright_queue_runs{");
  });
});
