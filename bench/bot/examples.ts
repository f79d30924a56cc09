/** GitHub's own examples of webhooks, and what is sent of them: signed once, under an id that changes. */
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

export function readExamples(): readonly Example[] {
  const { examples } = JSON.parse(readFileSync(EXAMPLES_FILE, "utf8")) as { examples: readonly Example[] };
  return examples;
}

/** Where the examples are said to come from: a repository that the App is installed on, at a commit that is there. */
export interface Target {
  readonly installation: number;
  readonly repository: {
    readonly id: number;
    readonly name: string;
    readonly owner: { readonly login: string; readonly name: string };
    readonly default_branch: string;
  };
  readonly sha: string;
}

/**
 * `usual`: what people and machines do on busy repositories, by SHARES: mostly of no concern to the bot, some of them a
 * merge. `merges`: all of them pushes to a default branch, each of which becomes a job: the worst that can come.
 */
export type Mix = "usual" | "merges";

const DEFAULT_BRANCH = "refs/heads/master";

/** How often each comes among forty, by its event and its action or ref. */
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
  // Dealt out in turn, so that the rare ones do not come together.
  return Array.from({ length: 10 }, (_, round) => all.filter(({ share }) => share > round)).flat();
}

function from({ installation, repository, sha }: Target, payload: Example["payload"]): Example["payload"] {
  const merge = { ref: `refs/heads/${repository.default_branch}`, before: sha, after: sha };
  return {
    ...payload,
    repository: { ...(payload.repository as object), ...repository },
    installation: { id: installation },
    ...(payload.ref === DEFAULT_BRANCH ? merge : {}),
  };
}

/** Every request as bytes, for a delivery of this id. */
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
