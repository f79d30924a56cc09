/** Metrics for Prometheus at /metrics. The rest of the bot counts through this interface and does not use prom-client. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { RunKind, RunState } from "../../src/model/run.ts";

export interface Metrics {
  /** Counts a webhook: `accepted` (detail: its event), already `known` (its event) or `refused` (the reason). */
  webhook(outcome: "accepted" | "known" | "refused", detail: string): void;
  /** Counts a run that entered a state. */
  run(kind: RunKind, state: RunState): void;
  /** Records the duration of a run that ended: `seconds` since its start. */
  runDuration(kind: RunKind, state: RunState, seconds: number): void;
  /** Counts calls, including retries; `outcome` is a status (`200`) or an error's code. */
  calls(service: "github" | "aws", outcome: string, count?: number): void;
  request(route: string, method: string, status: number, seconds: number): void;
  /** Called at each scrape; if it fails, only these numbers are missing. */
  observe(queue: () => Promise<QueueNumbers>): void;
  readonly contentType: string;
  text(): Promise<string>;
}

interface QueueNumbers {
  readonly queued: number;
  readonly running: number;
}

/** Webhooks and pages take milliseconds, applies minutes. */
const FAST = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const SLOW = [1, 2.5, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 3600];

/** Creates a separate registry, so that two bots in one process (tests) do not share counters. */
export function createMetrics(build: { readonly version: string }): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: "gatewright_build_info",
    help: "Always 1; the version is in the label.",
    labelNames: ["version", "node"],
    registers,
  }).set({ version: build.version, node: process.version }, 1);
  const webhooks = new Counter({
    name: "gatewright_webhooks_total",
    help: "Webhooks by outcome: accepted, known (a redelivery) or refused; detail is the event or the reason.",
    labelNames: ["outcome", "detail"],
    registers,
  });
  const runs = new Counter({
    name: "gatewright_runs_total",
    help: "Runs by kind and the state they entered.",
    labelNames: ["kind", "state"],
    registers,
  });
  const durations = new Histogram({
    name: "gatewright_run_duration_seconds",
    help: "Duration of a run from start to end, by kind and final state.",
    labelNames: ["kind", "state"],
    buckets: SLOW,
    registers,
  });
  const calls = new Counter({
    name: "gatewright_calls_total",
    help: "Calls to GitHub and AWS by outcome, including retries.",
    labelNames: ["service", "outcome"],
    registers,
  });
  const requests = new Histogram({
    name: "gatewright_http_request_duration_seconds",
    help: "Requests to the bot by route, method and status; streams count until their first byte.",
    labelNames: ["route", "method", "status"],
    buckets: FAST,
    registers,
  });
  let queue: (() => Promise<QueueNumbers>) | undefined;
  new Gauge({
    name: "gatewright_queue_runs",
    help: "Queued and running runs across all replicas.",
    labelNames: ["state"],
    registers,
    async collect() {
      const numbers = await queue?.().catch(() => undefined);
      this.reset();
      if (numbers === undefined) return;
      this.set({ state: "queued" }, numbers.queued);
      this.set({ state: "running" }, numbers.running);
    },
  });

  return {
    webhook: (outcome, detail) => webhooks.inc({ outcome, detail }),
    run: (kind, state) => runs.inc({ kind, state }),
    runDuration: (kind, state, seconds) => durations.observe({ kind, state }, seconds),
    calls: (service, outcome, count = 1) => calls.inc({ service, outcome }, count),
    request: (route, method, status, seconds) => requests.observe({ route, method, status }, seconds),
    observe: (ask) => {
      queue = ask;
    },
    contentType: registry.contentType,
    text: () => registry.metrics(),
  };
}
