/** Assembles the bot: database and queue, Probot and its app, HTTP, timers. Starts once, stops without losing work. */
import { pino } from "pino";
import { systemClock } from "../src/model/clock.ts";
import { VERSION } from "../src/model/version.ts";
import { createApp } from "./events/listeners.ts";
import { connectFor } from "./stacks/aws.ts";
import { carryOut } from "./runs/carry-out.ts";
import { catchUp } from "./events/redelivery.ts";
import type { BotConfig } from "./config/config.ts";
import { createProbot, createRequests } from "./config/octokit.ts";
import { trustedRoots } from "../src/github/attestation/trusted-roots.ts";
import { at, text } from "../src/github/json.ts";
import { startCheck } from "./reports/check.ts";
import { createMetrics } from "./services/metrics.ts";
import type { Check } from "./http/checks/judge.ts";
import { runningChecks, whoAmI } from "./http/checks/read.ts";
import { botRoutes } from "./http/routes.ts";
import { PERMISSIONS, WEBHOOK_EVENTS, WEBHOOK_PATH } from "./http/setup/app-manifest.ts";
import { createServer } from "./http/server.ts";
import { createLiveReports } from "./reports/live.ts";
import { continueAfter } from "./events/next-stage.ts";
import { reportChange } from "./reports/report.ts";
import { every } from "./services/periodic.ts";
import { openWork } from "./runs/start.ts";
import { sweepHolds } from "./events/holds.ts";
import { sweepPreviews } from "./events/previews/changes.ts";
import { queueDueDrift } from "./events/schedule.ts";
import type { Services } from "./services/services.ts";
import { messageOf } from "../src/model/errors.ts";
import { once } from "../src/model/promises/once.ts";

interface RunningBot {
  readonly port: number;
  /** Accepts no new work; running steps finish, and the next process continues the rest. */
  stop(): Promise<void>;
}

/** Values that pino redacts wherever they appear. */
const SECRETS = [
  "*.privateKey",
  "*.webhookSecret",
  "*.token",
  "*.authorization",
  "*.clientSecret",
  "*.secretAccessKey",
  "*.sessionToken",
];

export async function startBot(config: BotConfig, end: (reason: string) => void): Promise<RunningBot> {
  const log = pino({ level: config.logLevel, redact: SECRETS, base: { app: "gatewright" } });
  const metrics = createMetrics({ version: VERSION });
  const clock = systemClock;
  const work = await openWork({
    databaseUrl: config.databaseUrl,
    folder: config.dataDirectory,
    clock,
    log,
    metrics,
    onLockLost: end,
  });
  metrics.observe(() => work.store.openRuns());
  let draining = false;
  const probes = [
    { name: "database", check: () => work.db.ping().then(() => undefined) },
    { name: "accepting", check: () => (draining ? "the process is stopping" : undefined) },
  ];
  const probot = createProbot(config, log);
  const requests = createRequests(probot, (outcome) => metrics.calls("github", outcome));
  const checks = (): Promise<readonly Check[]> =>
    runningChecks({
      ...config,
      needed: { permissions: PERMISSIONS, events: WEBHOOK_EVENTS },
      webhookPath: WEBHOOK_PATH,
      github: () => requests.of(undefined),
      identity: whoAmI(config.region, config.awsEndpoint),
    });
  const server = createServer(
    botRoutes({ config, store: work.store, log, metrics, probes, version: VERSION, checks }),
  );
  // Webhooks are accepted before GitHub is reached; they are handled as soon as possible.
  const port = await server.listen(config.port, config.host).catch(async (error: unknown) => {
    await work.stop(0);
    throw error;
  });

  const app = await requests.of(undefined);
  const appSlug = text(at((await app("GET /app")).data, "slug"));
  const services: Services = {
    store: work.store,
    clock,
    log,
    keepsRecords: true,
    appSlug,
    serverUrl: config.serverUrl,
    publicUrl: config.publicUrl,
    trustedRoots: trustedRoots({ given: config.trustedRoot }),
    awsEndpoint: config.awsEndpoint,
    github: ({ installationId }) => requests.of(installationId),
    aws: (stack, stage, purpose, session) => connectFor(config, stack, stage, purpose, session),
    enqueue: (requests) => work.store.createRuns(requests),
  };
  await probot.load(createApp(services));
  const live = createLiveReports(services);
  await work.start({
    delivery: async ({ id, event, payload }) => {
      await probot.receive({ id, name: event as "push", payload: JSON.parse(payload) });
    },
    carryOut: async (run, hooks) => {
      await startCheck(services, run);
      const follow =
        <Args extends unknown[]>(tell: (...args: Args) => void): ((...args: Args) => void) =>
        (...args) => {
          tell(...args);
          live.touch(run.group);
        };
      // No edit may be in flight when the run has ended: another replica may report the end before the edit arrives.
      const outcome = await carryOut(services, run, {
        ...hooks,
        onEvent: follow(hooks.onEvent),
        onPlan: follow(hooks.onPlan),
      }).finally(() => live.stop(run.group));
      metrics.calls("aws", "sent", outcome.result?.awsCalls ?? 0);
      return outcome;
    },
    report: async ({ group }) => {
      await live.stop(group);
      await reportChange(services, group, (runs) => continueAfter(services, runs));
    },
    drift: async () => {
      await sweepHolds(services);
      await sweepPreviews(services);
      await queueDueDrift(app, services);
    },
  });

  const warn = (what: string) => (error: unknown) => log.warn({ error: messageOf(error) }, what);
  let lookBack = true;
  const catching = every(
    config.redeliveryEveryMs,
    async () => {
      await catchUp({ request: app, store: work.store, log, now: clock.now, lookBack });
      lookBack = false;
    },
    warn("could not check for missed webhooks"),
  );
  if (config.redeliveryEveryMs > 0) {
    void catching.now().catch(warn("could not check for missed webhooks"));
    catching.start();
  }
  // What was closed while no process ran does not wait for the schedule.
  void sweepPreviews(services).catch(warn("could not look after previews"));
  log.info({ port, version: VERSION, slug: appSlug, database: work.db.kind }, "the bot is ready");

  return {
    port,
    stop: once(async () => {
      draining = true;
      log.info({}, "the bot is stopping: running steps finish, remaining steps continue elsewhere");
      await catching.stop();
      await work.stop();
      await server.close();
    }),
  };
}
