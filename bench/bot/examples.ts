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
 * `usual`: GitHub's examples in turn; one in seven is a comment, and none of them a command, as in life.
 * `pushes`: all of them pushes to a default branch, each of which becomes a job: the worst that can come.
 */
export type Mix = "usual" | "pushes";

const DEFAULT_BRANCH = "refs/heads/master";

export function examplesOf(mix: Mix, target: Target): readonly Example[] {
  const all = readExamples();
  const wanted = mix === "usual" ? all : all.filter(({ payload }) => payload.ref === DEFAULT_BRANCH);
  return wanted.map(({ event, payload }) => ({ event, payload: from(target, payload) }));
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
