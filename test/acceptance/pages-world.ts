/** A bot's HTTP side with its pages on, beside a fake GitHub where people sign in. */
import { addressCheck, appChecks, awsCheck, type Check } from "../../bot/http/checks/judge.ts";
import { PERMISSIONS, WEBHOOK_EVENTS } from "../../bot/http/setup/app-manifest.ts";
import { botRoutes } from "../../bot/http/routes.ts";
import { createMetrics } from "../../bot/services/metrics.ts";
import { createServer } from "../../bot/http/server.ts";
import type { Run, RunRequest, StackRef } from "../../src/model/run.ts";
import type { ApplyResult, Plan } from "../../src/index.ts";
import { createFakeGitHub, type FakeGitHub } from "../fakes/github/fake-github.ts";
import { account } from "../fakes/github/state/world.ts";
import { freePort } from "../free-port.ts";
import { createMemoryStore, type MemoryStore, createRun } from "../fakes/store.ts";

export interface PagesWorld {
  readonly fake: FakeGitHub;
  readonly store: MemoryStore;
  readonly url: string;
  /** The private repository `acme/shop`, which ana can read and eve cannot. */
  readonly shop: StackRef;
  /** Whom GitHub takes the browser for. */
  browserIs(login: string): void;
  /** A stored run of acme/shop. */
  run(more?: Partial<RunRequest>): Promise<Run>;
  /** The run begins, with its plan. */
  start(run: Run, plan: Plan): Promise<void>;
  /** One step of the plan, begun or done as the result says. */
  begin(run: Run, plan: Plan, index: number): Promise<void>;
  done(run: Run, result: ApplyResult, index: number): Promise<void>;
  end(run: Run, result: ApplyResult): Promise<void>;
  /** Another process takes over at the same address, with the same store. */
  replace(): Promise<void>;
  close(): Promise<void>;
}

/** What the page of the set-up shows. */
const checks: readonly Check[] = [
  addressCheck("https://gatewright.example.com"),
  ...appChecks(
    { permissions: { metadata: "read", contents: "read" }, events: WEBHOOK_EVENTS },
    { permissions: PERMISSIONS, events: WEBHOOK_EVENTS },
    "https://github.com/organizations/acme/settings/apps/gatewright/permissions",
  ),
  ...awsCheck(
    {
      identity: {
        account: "840541460064",
        partition: "aws",
        arn: "arn:aws:iam::840541460064:role/gatewright",
      },
    },
    "eu-west-2",
  ),
];

const quiet = { info: () => {}, warn: () => {}, error: () => {} };

/** Starts both on free ports. */
export async function startPagesWorld(): Promise<PagesWorld> {
  const fake = createFakeGitHub();
  const { url: serverUrl, apiUrl } = await fake.listen();
  const repository = fake.repository("acme/shop", {
    private: true,
    collaborators: { ana: "write", ben: "read" },
  });
  const app = fake.app({ slug: "gatewright", permissions: { contents: "read", metadata: "read" } });
  fake.install(app, "acme");
  account(fake.world, "eve");
  const store = createMemoryStore();
  const metrics = createMetrics({ version: "0.1.0" });
  // The port is in the address that GitHub leads back to: it is taken before the routes are made.
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const options = botRoutes({
    config: {
      webhookSecret: "a secret of tests, long enough",
      oauth: { clientId: app.clientId, clientSecret: app.clientSecret },
      publicUrl: url,
      serverUrl,
      apiUrl,
    },
    store,
    log: quiet,
    metrics,
    probes: [],
    version: "0.1.0",
    checks: async () => checks,
  });
  let server = createServer(options);
  await server.listen(port, "127.0.0.1");
  const shop: StackRef = {
    repository: { id: repository.id, owner: "acme", name: "shop", defaultBranch: "main", installationId: 1 },
    stage: "dev",
    directory: ".",
  };
  let comment = 100;

  return {
    fake,
    store,
    url,
    shop,
    browserIs: (login) => {
      fake.signIn.browser = account(fake.world, login);
    },
    run: (more = {}) => {
      comment += 1;
      return createRun(store, {
        group: crypto.randomUUID(),
        text: "/apply",
        stack: shop,
        kind: "apply",
        cause: { by: "command", login: "ana", pull: 12, commentId: comment },
        sha: "1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d",
        adopt: [],
        ...more,
      });
    },
    start: async (run, plan) => {
      const now = new Date();
      await store.beginRun(run.id);
      await store.appendEvent(
        run.id,
        { kind: "log", text: `reading ${plan.stack.account} in ${plan.stack.region}` },
        now,
      );
      await store.recordPlan(run.id, 1, plan);
      await store.appendEvent(run.id, { kind: "plan", planId: plan.id }, now);
    },
    begin: async (run, plan, index) => {
      const change = plan.changes[index];
      if (change === undefined) throw new Error(`no change ${index}`);
      const { key, action } = change;
      await store.appendEvent(run.id, { kind: "step-started", key, action, at: Date.now() }, new Date());
    },
    done: async (run, { plan, results }, index) => {
      const result = results.find(({ key }) => key === plan.changes[index]?.key);
      if (result === undefined) throw new Error(`no result ${index}`);
      await store.appendEvent(run.id, { kind: "step-finished", result, at: Date.now() }, new Date());
    },
    end: async (run, result) => {
      const state = result.cancelled ? "cancelled" : result.succeeded ? "succeeded" : "failed";
      await store.endRun(run.id, 1, { state, result });
    },
    replace: async () => {
      await server.close(100);
      server = createServer(options);
      await server.listen(port, "127.0.0.1");
    },
    close: async () => {
      await server.close(0);
      await fake.close();
    },
  };
}
