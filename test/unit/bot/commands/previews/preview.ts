import type { Services } from "../../../../../bot/services/services.ts";
import type { Preview } from "../../../../../bot/services/store.ts";
import type { RunSummary } from "../../../../../src/model/run.ts";
import { aStack, createMemoryStore } from "../../../../fakes/store.ts";

const { repository } = aStack();

/** A preview of pull request 7 that ana has asked for. */
export function aPreview(more: Partial<Preview> = {}): Preview {
  return {
    repository,
    pull: 7,
    version: 1,
    wanted: true,
    why: "command",
    login: "ana",
    sha: "1".repeat(40),
    expiresAt: new Date(1_000_000),
    stage: { names: "{name}-{stage}" },
    directories: ["."],
    changedAt: new Date(0),
    ...more,
  };
}

const counts = { create: 1, update: 0, replace: 0, delete: 0, "no-op": 0, redeploy: 0 };

/** A planned apply of the preview of pull request 7. */
export function aRun(sha: string, more: Partial<RunSummary> = {}): RunSummary {
  return {
    id: sha,
    group: "g",
    stack: aStack({ stage: "pr-7" }),
    kind: "apply",
    cause: { by: "preview", login: "ana", pull: 7, version: 1, why: "command" },
    sha,
    adopt: [],
    state: "succeeded",
    createdAt: new Date(0),
    attempts: 1,
    cancelRequested: false,
    counts,
    ...more,
  };
}

interface World {
  /** `.github/gatewright.yml` */
  readonly settings: string;
  /** GitHub's answers, besides the settings: `GET /repos/{owner}/{repo}/pulls/{pull_number}`. Others fail. */
  readonly answers: Readonly<
    Record<string, (parameters: Readonly<Record<string, unknown>>) => Promise<object>>
  >;
  readonly more?: Partial<Services>;
}

/** A bot with a store in memory. `asked` are its requests to GitHub, `warned` what it warned of, `clock.time` its time. */
export function previewBot({ settings, answers, more }: World) {
  const store = createMemoryStore();
  const clock = { time: 0 };
  const asked: string[] = [];
  const warned: string[] = [];
  const content = Buffer.from(settings).toString("base64");
  const all: World["answers"] = {
    "GET /repos/{owner}/{repo}/contents/{path}": async () => ({ content }),
    ...answers,
  };
  const services: Services = {
    store,
    clock: { now: () => clock.time, sleep: async () => {} },
    log: { info: () => {}, warn: (_facts, what) => warned.push(what), error: () => {} },
    github:
      async () =>
      async (route, parameters = {}) => {
        asked.push(route);
        const answer = all[route];
        if (answer === undefined) throw new Error(`no answer to ${route}`);
        return { status: 200, headers: {}, data: await answer(parameters) };
      },
    aws: () => {
      throw new Error("no AWS");
    },
    enqueue: (requests) => store.createRuns(requests),
    trustedRoots: { for: async () => [] },
    keepsRecords: true,
    appSlug: "gatewright",
    serverUrl: "https://github.com",
    ...more,
  };
  return { store, services, clock, asked, warned };
}
