/** The bot as a process, with the environment that an owner would give it. */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { compileCache } from "../compile-cache.ts";
import { makeBotDatabaseIn } from "../embedded-database.ts";
import type { FakeGitHub } from "../fakes/github/fake-github.ts";
import type { App } from "../fakes/github/state/types.ts";

export interface BotProcess {
  /** Its address. */
  readonly url: string;
  readonly pid: number;
  /** Its output so far: lines of JSON. */
  log(): string;
  /** Its exit code, once it has ended. */
  readonly ended: Promise<number | null>;
  /** Sends SIGTERM, then SIGKILL if it does not end. Returns the exit code. */
  stop(): Promise<number | null>;
}

/** The App's permissions and events, as registered. */
export const APP = {
  slug: "gatewright",
  permissions: {
    actions: "read",
    attestations: "read",
    checks: "write",
    contents: "read",
    deployments: "write",
    issues: "write",
    members: "read",
    metadata: "read",
    pull_requests: "write",
    statuses: "read",
  },
  events: [
    "issue_comment",
    "pull_request",
    "pull_request_review",
    "pull_request_review_comment",
    "push",
    "workflow_run",
  ],
} as const;

const READY_MS = 60_000;

/** The bot as its image starts it, where global-setup.ts has built that; otherwise from its sources, as with `npm run bot`. */
export function botProgram(): string {
  const folder = process.env.GATEWRIGHT_BOT;
  if (folder !== undefined) return join(folder, "bot.mjs");
  return fileURLToPath(new URL("../../bot/main.ts", import.meta.url));
}

/** The variables with the bot's App and GitHub's address. */
export function appEnvironment(github: FakeGitHub, app: App, port: number): Record<string, string> {
  return {
    APP_ID: String(app.id),
    PRIVATE_KEY: app.privateKey ?? "",
    WEBHOOK_SECRET: app.webhook.secret ?? "",
    GITHUB_API_URL: github.world.urls.api,
    GITHUB_SERVER_URL: github.world.urls.html,
    GITHUB_CLIENT_ID: app.clientId,
    GITHUB_CLIENT_SECRET: app.clientSecret,
    HOST: "127.0.0.1",
    PORT: String(port),
    PUBLIC_URL: `http://127.0.0.1:${port}`,
  };
}

export interface BotStart {
  /** Default: the bot itself. */
  readonly program?: string;
  readonly port: number;
  /** Its whole environment besides PATH. */
  readonly env: Readonly<Record<string, string>>;
  readonly onLog?: (text: string) => void;
}

/**
 * Starts the bot and waits until it is ready. Fails with its output if it exits first. A data folder that is empty gets a database that
 * was made before.
 */
export async function startBot({ program = botProgram(), port, env, onLog }: BotStart): Promise<BotProcess> {
  const { DATA_DIRECTORY: data, DATABASE_URL } = env;
  if (data !== undefined && DATABASE_URL === undefined && !existsSync(join(data, "postgres")))
    await makeBotDatabaseIn(data);
  const child = spawn(process.execPath, [program], {
    env: { PATH: process.env.PATH ?? "", HOME: "/nonexistent", TZ: "UTC", ...compileCache(), ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const written: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8");
    stream.on("data", (text: string) => {
      written.push(text);
      onLog?.(text);
    });
  }
  const ended = new Promise<number | null>((done, failed) => {
    child.once("error", failed);
    child.once("close", (code) => done(code));
  });
  const killWithUs = (): void => void child.kill("SIGKILL");
  process.once("exit", killWithUs);
  void ended.then(() => process.off("exit", killWithUs));
  const url = `http://127.0.0.1:${port}`;
  try {
    await untilReady(child, `${url}/readyz`);
  } catch (error) {
    child.kill("SIGKILL");
    throw new Error(`the bot did not start: ${String(error)}\n${written.join("")}`);
  }
  return {
    url,
    pid: child.pid ?? 0,
    log: () => written.join(""),
    ended,
    stop: () => stop(child, ended),
  };
}

async function untilReady(child: ChildProcess, url: string): Promise<void> {
  const deadline = Date.now() + READY_MS;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`it ended with exit code ${child.exitCode}`);
    const answer = await fetch(url, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined);
    if (answer?.ok === true) return;
    await sleep(50);
  }
  throw new Error(`no successful response from ${url} within ${READY_MS / 1000} s`);
}

async function stop(child: ChildProcess, ended: Promise<number | null>): Promise<number | null> {
  child.kill("SIGTERM");
  const late = setTimeout(() => child.kill("SIGKILL"), 15_000);
  const code = await ended;
  clearTimeout(late);
  return code;
}
