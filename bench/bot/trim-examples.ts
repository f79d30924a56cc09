/**
 * Writes the example webhooks of GitHub that are sent to the bot, one per line:
 *
 *   node_modules/.bin/node bench/bot/trim-examples.ts [path to api.github.com/index.json]
 *
 * They come from the npm package @octokit/webhooks-examples, which is too large to be a dependency for six examples.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EXAMPLES_FILE, type Example } from "./examples.ts";

const SOURCE = "@octokit/webhooks-examples@7.6.1";

interface Published {
  readonly name: string;
  readonly examples: readonly (Readonly<Record<string, unknown>> & { readonly action?: string })[];
}

/** The events that GitHub sends for a busy repository to an App with the bot's permissions. */
const WANTED: readonly { readonly event: string; readonly action?: string; readonly ref?: string }[] = [
  { event: "issue_comment", action: "created" },
  { event: "issue_comment", action: "edited" },
  { event: "check_suite", action: "requested" },
  { event: "push", ref: "refs/heads/master" },
  { event: "push", ref: "refs/tags/simple-tag" },
  { event: "pull_request", action: "opened" },
  { event: "pull_request", action: "closed" },
];

function published(path: string | undefined): readonly Published[] {
  if (path !== undefined) return JSON.parse(readFileSync(path, "utf8")) as Published[];
  const folder = mkdtempSync(join(tmpdir(), "github-webhooks-"));
  try {
    const options = { cwd: folder, encoding: "utf8" } as const;
    const archive = execFileSync("npm", ["pack", "--silent", SOURCE], options).trim();
    execFileSync("tar", ["xzf", archive, "package/api.github.com/index.json"], options);
    return JSON.parse(readFileSync(join(folder, "package/api.github.com/index.json"), "utf8")) as Published[];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const all = published(process.argv[2]);
const examples = WANTED.map(({ event, action, ref }): Example => {
  const payload = all
    .find(({ name }) => name === event)
    ?.examples.find((one) => one.action === action && (ref === undefined || one.ref === ref));
  if (payload === undefined) throw new Error(`no example of ${event} ${action ?? ref}`);
  return { event, payload };
});
const lines = examples.map((example) => JSON.stringify(example));
writeFileSync(EXAMPLES_FILE, `{"source": "${SOURCE}", "examples": [\n${lines.join(",\n")}\n]}\n`);
