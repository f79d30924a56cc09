/**
 * The bot inside a workflow (`bot/action.yml`, events issue_comment, push and pull_request_target): the same commands, gates and reports,
 * without a server. GitHub's `concurrency` is the queue, OIDC gives the credentials, nothing is stored.
 */
import { readFileSync } from "node:fs";
import { givenRoot } from "../../src/github/attestation/given-root.ts";
import { trustedRoots } from "../../src/github/attestation/trusted-roots.ts";
import { connectGitHub } from "../../src/github/client.ts";
import { fail, userErrors } from "../../src/model/errors.ts";
import { systemClock } from "../../src/model/clock.ts";
import { commentOf, EVENTS, type EventName, repositoryOf } from "../events/listeners.ts";
import { at, number, text } from "../../src/github/json.ts";
import { logLine } from "../../src/text/escape.ts";
import { readRoleRules } from "../config/role-rules.ts";
import { createMemoryStore } from "../db/memory-store.ts";
import { continueAfter } from "../events/next-stage.ts";
import { reportChange } from "../reports/report.ts";
import type { Services } from "../services/services.ts";
import type { RepositoryRef } from "../../src/model/repository.ts";
import { loadSettings } from "../stacks/settings/load.ts";
import type { Run } from "../../src/model/run.ts";
import { carry } from "./run.ts";
import {
  annotateFailure,
  annotation,
  jobLog,
  recordComments,
  type Write,
  writeSummary,
  maskLine,
} from "./annotations.ts";
import { connectJob, type JobAccess } from "./aws.ts";
import { heal } from "./heal.ts";
import { refuseServerCommand, wasAnswered } from "./refuse.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** The inputs that bot/action.yml declares, passed as `INPUT_` and the name in capitals. */
export const WORKFLOW_INPUTS = ["github-token", "aws-region", "roles"] as const;

function input(env: Environment, name: (typeof WORKFLOW_INPUTS)[number]): string | undefined {
  return env[`INPUT_${name.toUpperCase()}`] || undefined;
}

/**
 * Handles the workflow's event and carries out its runs. Resolves to false if one of them failed.
 * @param stop the job was cancelled: runs end before their next step and are reported as that
 */
export async function runWorkflow(env: Environment, write: Write, stop: AbortSignal): Promise<boolean> {
  const payload = eventOf(env);
  const action = text(at(payload, "action"));
  // The same event, with the workflow's file of the default branch instead of the pull request's own.
  const event = env.GITHUB_EVENT_NAME === "pull_request_target" ? "pull_request" : env.GITHUB_EVENT_NAME;
  const name = `${event ?? ""}${action === "" ? "" : `.${action}`}`;
  const delivery = { id: env.GITHUB_RUN_ID ?? "workflow", payload };
  if (isInReview(name)) {
    write(
      annotation(
        "warning",
        `Gatewright reads no commands in reviews (${name}) inside a workflow: GitHub runs these events with the pull request's own workflow files. Remove the event from "on:" and send commands as comments of the conversation.`,
      ),
    );
    return true;
  }
  if (!isHandled(name)) {
    write(annotation("notice", `Gatewright does not handle ${name}`));
    return true;
  }
  if (!EVENTS[name].concerns(delivery)) {
    write(logLine(`This ${name} event is not for Gatewright.`));
    return true;
  }
  const { services, queue, comments } = await connect(env, write);
  try {
    await heal(services, repositoryOf(payload), leftBy(name, delivery));
    if (name === "push") await rememberSettings(services, repositoryOf(payload));
    if (name === "issue_comment.created" && Number(env.GITHUB_RUN_ATTEMPT ?? 1) > 1) {
      if (await wasAnswered(services, commentOf(delivery))) {
        write(annotation("notice", "This command was carried out before: send it again as a new comment."));
        return true;
      }
    }
    const refused =
      name === "issue_comment.created" && (await refuseServerCommand(services, commentOf(delivery)));
    if (!refused) await EVENTS[name].handle(services, delivery);
    return await carryAll(services, queue, write, stop);
  } finally {
    writeSummary(env.GITHUB_STEP_SUMMARY, comments.bodies());
  }
}

/** The branches that stages name are known from the settings; a server has them from an earlier event. */
async function rememberSettings(services: Services, repository: RepositoryRef): Promise<void> {
  try {
    await loadSettings(services, repository);
  } catch (error) {
    // What is wrong with them is reported where they are used.
    if (userErrors(error) === undefined) throw error;
  }
}

/** Where an earlier job may have left something open that this event's job can close. */
function leftBy(
  name: EventName,
  delivery: { readonly id: string; readonly payload: unknown },
): { readonly pulls: readonly number[]; readonly commits: readonly string[] } {
  const { payload } = delivery;
  if (name.startsWith("pull_request"))
    return { pulls: [number(at(payload, "pull_request", "number"))], commits: [] };
  if (name !== "push") {
    const { issue, isPullRequest } = commentOf(delivery);
    return { pulls: isPullRequest ? [issue] : [], commits: [] };
  }
  const commits = [text(at(payload, "before")), text(at(payload, "after"))];
  return { pulls: [], commits: commits.filter((sha) => !/^0*$/.test(sha)) };
}

function eventOf(env: Environment): unknown {
  const path =
    env.GITHUB_EVENT_PATH ||
    fail("WORKFLOW_ONLY", "GITHUB_EVENT_PATH is not set", {
      hint: "This entry runs inside a GitHub workflow.",
    });
  return JSON.parse(readFileSync(path, "utf8"));
}

function isHandled(name: string): name is EventName {
  return Object.hasOwn(EVENTS, name);
}

/** A workflow trusts its own file, which these events take from the pull request. */
function isInReview(name: string): boolean {
  return name.startsWith("pull_request_review");
}

async function connect(env: Environment, write: Write) {
  const token =
    input(env, "github-token") ??
    fail("WORKFLOW_TOKEN", "the input github-token is empty", {
      hint: "Leave it at its default, or give an App's token.",
    });
  // The runner masks its own token, but not an App's token, nor keys that did not come from an AWS action.
  for (const secret of [token, env.AWS_SECRET_ACCESS_KEY, env.AWS_SESSION_TOKEN])
    if (secret) write(maskLine(secret));
  const access: JobAccess = {
    region: input(env, "aws-region") ?? (env.AWS_REGION || env.AWS_DEFAULT_REGION),
    rules: readRoleRules(input(env, "roles"), 'the input "roles"', env.GITHUB_REPOSITORY),
    idToken: idTokenOf(env),
  };
  const clock = systemClock;
  const github = connectGitHub({ token, apiUrl: env.GITHUB_API_URL || "https://api.github.com" });
  // The login only identifies the bot's own comments, so a failure here is not fatal.
  const viewer = await github.viewer().catch(() => undefined);
  const comments = recordComments(github.request);
  const store = createMemoryStore(clock);
  const queue: Run[] = [];
  const log = jobLog(write);
  const services: Services = {
    store,
    clock,
    log,
    keepsRecords: false,
    workflowRun: Number(env.GITHUB_RUN_ID) || undefined,
    fetch: github.fetch,
    onSecret: (secret) => write(maskLine(secret)),
    appSlug: viewer?.replace(/\[bot\]$/, "") ?? "github-actions",
    serverUrl: env.GITHUB_SERVER_URL || "https://github.com",
    trustedRoots: trustedRoots({ given: givenRoot(env.GATEWRIGHT_TRUSTED_ROOT) }),
    awsEndpoint: env.AWS_ENDPOINT_URL || undefined,
    github: async () => comments.request,
    aws: (...run) => connectJob(access, ...run),
    enqueue: async (requests) => {
      const runs = await store.createRuns(requests);
      queue.push(...runs);
      return runs;
    },
  };
  return { services, queue, comments };
}

/** The runner's client masks the token in the log. */
function idTokenOf(env: Environment): JobAccess["idToken"] {
  if (!env.ACTIONS_ID_TOKEN_REQUEST_URL) return undefined;
  return async (audience) => (await import("@actions/core")).getIDToken(audience);
}

/** Carries out one run at a time; runs of dependent stages are queued meanwhile. */
async function carryAll(services: Services, queue: Run[], write: Write, stop: AbortSignal): Promise<boolean> {
  let good = true;
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const { group } = next;
    const ended = await carry(services, next, stop);
    if (ended.state === "failed" || ended.state === "cancelled") {
      good = false;
      annotateFailure(ended, write);
    }
    if (queue.some((run) => run.group === group)) continue;
    await reportChange(services, group, (runs) => continueAfter(services, runs));
  }
  return good;
}
