/**
 * The bot inside a workflow (`bot/action.yml`, events issue_comment and push): the same commands, gates and reports,
 * without a server. GitHub's `concurrency` is the queue, OIDC gives the credentials, nothing is stored.
 */
import { readFileSync } from "node:fs";
import { connectAws, connectGitHub, fail, systemClock, userErrors } from "../src/index.ts";
import { EVENTS, type EventName } from "./app.ts";
import { carryOut } from "./carry-out.ts";
import { at, text } from "./github/api.ts";
import { startCheck } from "./github/checks.ts";
import { createLiveReports } from "./live-reports.ts";
import { createMemoryStore } from "./memory-store.ts";
import { continueMerge } from "./merge.ts";
import { finishGroup } from "./report.ts";
import { errorOf } from "./runs/ending.ts";
import type { Log, Services } from "./services.ts";
import type { Run, RunRequest } from "./types.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** Commands whose effect must outlive the job: they need the server. */
const NEEDS_A_SERVER = /^\/(lock|unlock|cancel)\b/m;

/** Handles the workflow's event and carries out the runs it asks for. Resolves to false when one of them failed. */
export async function runWorkflow(env: Environment, write: (line: string) => void): Promise<boolean> {
  const payload: unknown = JSON.parse(
    readFileSync(
      env.GITHUB_EVENT_PATH ??
        fail("WORKFLOW_ONLY", "GITHUB_EVENT_PATH is not set", {
          hint: "This entry runs inside a GitHub workflow.",
        }),
      "utf8",
    ),
  );
  const action = text(at(payload, "action"));
  const name = `${env.GITHUB_EVENT_NAME ?? ""}${action === "" ? "" : `.${action}`}`;
  if (!isHandled(name)) {
    write(`::notice::Gatewright has nothing to do on ${name}`);
    return true;
  }
  const token = env["INPUT_GITHUB-TOKEN"] ?? "";
  if (token === "")
    fail("WORKFLOW_TOKEN", "the input github-token is empty", {
      hint: "Leave it at its default, or give an App's token.",
    });
  const clock = systemClock;
  const github = connectGitHub({ token, apiUrl: env.GITHUB_API_URL || "https://api.github.com" });
  const store = createMemoryStore(clock);
  const queue: Run[] = [];
  const log: Log = {
    info: (fields, line) => write(`${line} ${JSON.stringify(fields)}`),
    warn: (fields, line) => write(`::warning::${oneLine(line)} ${oneLine(JSON.stringify(fields))}`),
    error: (fields, line) => write(`::error::${oneLine(line)} ${oneLine(JSON.stringify(fields))}`),
  };
  const services: Services = {
    store,
    clock,
    log,
    appSlug: (await github.viewer())?.replace(/\[bot\]$/, "") ?? "github-actions",
    serverUrl: env.GITHUB_SERVER_URL || "https://github.com",
    github: async () => github.request,
    aws: (stack, stage) => {
      const region = stage.region ?? env["INPUT_AWS-REGION"] ?? env.AWS_REGION ?? env.AWS_DEFAULT_REGION;
      if (region === undefined || region === "")
        return fail("NO_REGION", `stage ${stack.stage} has no region`, {
          hint: "Set region for the stage in .github/gatewright.yml, or AWS_REGION for the job.",
        });
      return connectAws({ region });
    },
    enqueue: async (request: RunRequest) => {
      const run = await store.createRun(request);
      queue.push(run);
      return run;
    },
  };
  if (name === "issue_comment.created" && NEEDS_A_SERVER.test(text(at(payload, "comment", "body")))) {
    write(
      "::notice::/lock, /unlock and /cancel need the bot as a server: a job keeps nothing. Cancel the workflow run instead.",
    );
  }
  await EVENTS[name].handle(services, { id: env.GITHUB_RUN_ID ?? "workflow", payload });
  let good = true;
  // Stages that need others are queued while this goes on.
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const { group } = next;
    good = (await carry(services, next)) && good;
    if (queue.some((run) => run.group === group)) continue;
    await finishGroup(services, group);
    await continueMerge(services, await store.listRuns({ group, limit: 1000 }));
  }
  return good;
}

function isHandled(name: string): name is EventName {
  return name in EVENTS;
}

async function carry(services: Services, queued: Run): Promise<boolean> {
  const { store, clock } = services;
  const run: Run = { ...queued, state: "running", startedAt: new Date(clock.now()), attempts: 1 };
  await store.updateRun(run.id, { state: "running", startedAt: new Date(clock.now()), attempts: 1 });
  await startCheck(services, run);
  const live = createLiveReports(services);
  try {
    const outcome = await carryOut(services, run, {
      signal: new AbortController().signal,
      resuming: false,
      beforeWrite: async () => {},
      onEvent: (event) => {
        void store.appendEvent(run.id, event, new Date(clock.now()));
        live.touch(run.group);
      },
      onPlan: (plan) => {
        void store.updateRun(run.id, { plan });
        live.touch(run.group);
      },
      onLog: (line) => services.log.info({ runId: run.id }, line),
    });
    const state = outcome.result === undefined || outcome.result.succeeded ? "succeeded" : "failed";
    await store.updateRun(run.id, { ...outcome, state, endedAt: new Date(clock.now()) });
    return state === "succeeded";
  } catch (error) {
    await store.updateRun(run.id, { state: "failed", error: errorOf(error), endedAt: new Date(clock.now()) });
    if (userErrors(error) === undefined)
      services.log.error(
        { runId: run.id },
        error instanceof Error ? (error.stack ?? error.message) : String(error),
      );
    return false;
  } finally {
    await live.stop(run.group);
  }
}

function oneLine(value: string): string {
  return value.replace(/[\r\n]+/g, " ");
}
