/** GitHub's own example webhooks, as they are sent: signed once, each time with a new id. */
import { createHmac, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export interface Example {
  readonly event: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** Written by trim-examples.ts. */
export const EXAMPLES_FILE = fileURLToPath(
  new URL("../../test/fixtures/github-webhook-examples.json", import.meta.url),
);

function readExamples(): readonly Example[] {
  const { examples } = JSON.parse(readFileSync(EXAMPLES_FILE, "utf8")) as { examples: readonly Example[] };
  return examples;
}

/** The repository that the examples seem to come from: the App is installed on it, and the commit exists. */
export interface Target {
  readonly installation: number;
  readonly repository: {
    readonly id: number;
    readonly name: string;
    readonly owner: { readonly login: string; readonly name: string };
    readonly default_branch: string;
  };
  readonly sha: string;
  /** One that changes no stack. */
  readonly pull: { readonly number: number; readonly sha: string };
}

/**
 * `usual`: the events of a busy repository, by SHARES: most do not concern the bot, and some are merges. `merges`: only pushes to a
 * default branch, each of which becomes a job; the worst case.
 */
export type Mix = "usual" | "merges";

const DEFAULT_BRANCH = "refs/heads/master";

/** How many of forty are of each kind, by event and action or ref. */
const SHARES: Readonly<Record<string, number>> = {
  "issue_comment created": 8,
  "issue_comment edited": 2,
  "check_suite requested": 10,
  [`push ${DEFAULT_BRANCH}`]: 1,
  "push refs/tags/simple-tag": 10,
  "pull_request opened": 8,
  "pull_request closed": 1,
};

export function examplesOf(mix: Mix, target: Target): readonly Example[] {
  const all = readExamples().map(({ event, payload }) => ({
    event,
    payload: from(target, payload),
    share: SHARES[`${event} ${payload.action ?? payload.ref}`] ?? 0,
    merge: payload.ref === DEFAULT_BRANCH,
  }));
  if (mix === "merges") return all.filter(({ merge }) => merge);
  // Dealt out in turn, so that rare ones do not come together.
  return Array.from({ length: 10 }, (_, round) => all.filter(({ share }) => share > round)).flat();
}

function from(
  { installation, repository, sha, pull }: Target,
  payload: Example["payload"],
): Example["payload"] {
  const merge = { ref: `refs/heads/${repository.default_branch}`, before: sha, after: sha };
  const opened = payload.pull_request as { readonly head: object } | undefined;
  return {
    ...payload,
    repository: { ...(payload.repository as object), ...repository },
    installation: { id: installation },
    ...(payload.ref === DEFAULT_BRANCH ? merge : {}),
    ...(opened === undefined
      ? {}
      : { pull_request: { ...opened, number: pull.number, head: { ...opened.head, sha: pull.sha } } }),
  };
}

/** The bytes of every request, for a delivery with this id. */
export function requestsOf(examples: readonly Example[], secret: string): (() => Buffer)[] {
  return examples.map(({ event, payload }) => {
    const body = Buffer.from(JSON.stringify(payload));
    const signature = createHmac("sha256", secret).update(body).digest("hex");
    const head = [
      "POST /api/github/webhooks HTTP/1.1",
      "host: bot.example",
      "accept: */*",
      "user-agent: GitHub-Hookshot/0000000",
      "content-type: application/json",
      `content-length: ${body.length}`,
      `x-github-event: ${event}`,
      `x-hub-signature-256: sha256=${signature}`,
      "x-github-delivery: ",
    ].join("\r\n");
    return () => Buffer.concat([Buffer.from(`${head}${randomUUID()}\r\n\r\n`), body]);
  });
}
