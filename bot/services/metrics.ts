/** What Prometheus reads at /metrics. The bot's parts count through this; none knows prom-client. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { RunKind, RunState } from "../../src/model/run.ts";

export interface Metrics {
  /** A webhook was `accepted` (detail: its event), `known` already (its event) or `refused` (why). */
  webhook(outcome: "accepted" | "known" | "refused", detail: string): void;
  /** A run came into a state. */
  run(kind: RunKind, state: RunState): void;
  /** A run has ended; `seconds` since it was started. */
  runDuration(kind: RunKind, state: RunState, seconds: number): void;
  /** Calls that were sent, retries included; `outcome` is a status (`200`) or an error's code. */
  calls(service: "github" | "aws", outcome: string, count?: number): void;
  request(route: string, method: string, status: number, seconds: number): void;
  /** Asked at each scrape; what fails leaves the numbers out rather than the page. */
  observe(queue: () => Promise<QueueNumbers>): void;
  readonly contentType: string;
  text(): Promise<string>;
}

export interface QueueNumbers {
  readonly queued: number;
  readonly running: number;
}

/** Webhooks and pages take milliseconds, applies minutes. */
const FAST = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const SLOW = [1, 2.5, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 3600];

/** Makes a registry of one's own: two bots in one process (tests) do not count together. */
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
    help: "Webhooks by outcome: accepted, known (a repetition) or refused; detail is the event or the reason.",
    labelNames: ["outcome", "detail"],
    registers,
  });
  const runs = new Counter({
    name: "gatewright_runs_total",
    help: "Runs by kind that came into a state.",
    labelNames: ["kind", "state"],
    registers,
  });
  const durations = new Histogram({
    name: "gatewright_run_duration_seconds",
    help: "From a run's start to its end, by kind and end.",
    labelNames: ["kind", "state"],
    buckets: SLOW,
    registers,
  });
  const calls = new Counter({
    name: "gatewright_calls_total",
    help: "Calls to GitHub and AWS by outcome, retries included.",
    labelNames: ["service", "outcome"],
    registers,
  });
  const requests = new Histogram({
    name: "gatewright_http_request_duration_seconds",
    help: "Requests to the bot by route, method and status; of a stream, until it begins.",
    labelNames: ["route", "method", "status"],
    buckets: FAST,
    registers,
  });
  let queue: (() => Promise<QueueNumbers>) | undefined;
  new Gauge({
    name: "gatewright_queue_runs",
    help: "Runs that wait in the queue or are under way, over all replicas.",
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
