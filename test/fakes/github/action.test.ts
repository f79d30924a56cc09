import { existsSync, lstatSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { actionEnvironment } from "./action/environment.ts";
import { parseCommand, parseFileCommand } from "./action/result.ts";
import { runAction } from "./action/run.ts";
import { createFakeGitHub, type FakeGitHub } from "./fake-github.ts";

let fake: FakeGitHub;
/** Inside the repository, so that the step's program finds the toolkit. */
let folder: string;

beforeEach(async () => {
  fake = createFakeGitHub({ apiPrefix: "/api/v3" });
  await fake.listen();
  folder = mkdtempSync(fileURLToPath(new URL("step-", import.meta.url)));
});

afterEach(async () => {
  rmSync(folder, { recursive: true, force: true });
  await fake.close();
  expect(fake.violations).toEqual([]);
});

function program(source: string): string {
  const entry = join(folder, "main.mjs");
  writeFileSync(entry, source);
  return entry;
}

function pullRequest(fromFork = false) {
  const repository = fake.repository("acme/shop", {
    files: {
      "resources.js": "base\n",
      link: { symlink: "resources.js" },
      "run.sh": { executable: "#!/bin/sh\n" },
    },
  });
  const ana = fake.person("ana");
  const source = fromFork ? fake.fork(repository, "ana") : repository;
  ana.push(source, "feature", { "resources.js": "changed\n" });
  return ana.openPullRequest(repository, { head: "feature", title: "Change", headRepository: source });
}

describe("a step of a workflow", () => {
  test("finds everything the toolkit looks for, and what it writes is found again", async () => {
    const pull = pullRequest();
    const environment = actionEnvironment(fake, pull, { inputs: { stage: "dev" }, checkout: true });
    const run = await runAction(
      program(`
        import * as core from "@actions/core";
        import { context, getOctokit } from "@actions/github";
        const octokit = getOctokit(core.getInput("github-token", { required: true })).rest;
        const number = context.payload.pull_request.number;
        const { data } = await octokit.issues.createComment({ ...context.repo, issue_number: number, body: "plan" });
        core.setOutput("comment-url", data.html_url);
        core.setOutput("text", "two\\nlines");
        core.setSecret("hunter2");
        core.info("the password is hunter2");
        core.error("no, that\\nis wrong: 100%", { title: "A, B", file: "resources.js", startLine: 3, startColumn: 5 });
        core.notice(core.getInput("stage"));
        await core.summary.addHeading("Plan").write();
        core.setFailed(context.sha + " " + context.ref);
      `),
      environment,
    );
    expect(run.stderr).toBe("");
    expect(run.exitCode).toBe(1);
    expect(run.outputs).toEqual({
      "comment-url": expect.stringMatching(/\/acme\/shop\/pull\/1#issuecomment-\d+$/),
      text: "two\nlines",
    });
    expect(run.summary).toContain("<h1>Plan</h1>");
    expect(run.log).toContain("the password is ***");
    expect(run.annotations).toEqual([
      {
        level: "error",
        message: "no, that\nis wrong: 100%",
        title: "A, B",
        file: "resources.js",
        line: 3,
        col: 5,
      },
      { level: "notice", message: "dev" },
      { level: "error", message: `${pull.repository.refs.get("refs/pull/1/merge")} refs/pull/1/merge` },
    ]);
    expect(readFileSync(join(environment.workspace, "link"), "utf8")).toBe("changed\n");
    expect(lstatSync(join(environment.workspace, "run.sh")).mode & 0o111).toBe(0o111);
    expect(pull.comments.map(({ author, app }) => [author.login, app?.slug])).toEqual([
      ["github-actions[bot]", "github-actions"],
    ]);
    rmSync(environment.directory, { recursive: true });
  });

  test("has a token that may only read when the pull request comes from a fork", async () => {
    const environment = actionEnvironment(fake, pullRequest(true));
    const run = await runAction(
      program(`
        import { getInput } from "@actions/core";
        import { context, getOctokit } from "@actions/github";
        const octokit = getOctokit(getInput("github-token")).rest;
        try {
          await octokit.issues.createComment({ ...context.repo, issue_number: 1, body: "plan" });
        } catch (error) {
          console.log(error.status, error.response.data.message);
        }
      `),
      environment,
    );
    expect(run.log).toBe("403 Resource not accessible by integration\n");
  });

  test.each([
    ["pull_request", "refs/pull/1/merge", "changed\n", "main"],
    ["pull_request_target", "refs/heads/main", "base\n", "main"],
    ["push", "refs/heads/main", "base\n", ""],
    ["workflow_dispatch", "refs/heads/main", "base\n", ""],
    ["schedule", "refs/heads/main", "base\n", ""],
  ] as const)("on %s is at %s", (event, ref, content, baseRef) => {
    const { env, workspace } = actionEnvironment(fake, pullRequest(), { event, checkout: true });
    expect(env).toMatchObject({ GITHUB_REF: ref, GITHUB_BASE_REF: baseRef, GITHUB_EVENT_NAME: event });
    expect(readFileSync(join(workspace, "resources.js"), "utf8")).toBe(content);
    const payload = JSON.parse(readFileSync(env.GITHUB_EVENT_PATH ?? "", "utf8"));
    expect(payload.repository.full_name).toBe("acme/shop");
  });

  test("gets an empty workspace without a checkout", () => {
    const { workspace } = actionEnvironment(fake, pullRequest());
    expect(existsSync(join(workspace, "resources.js"))).toBe(false);
  });
});

describe("what a runner reads", () => {
  test("file commands with delimiters, and without", () => {
    expect(parseFileCommand("a=1\nb<<EOF\nx=y\n\nz\nEOF\nc=<<\n")).toEqual({
      a: "1",
      b: "x=y\n\nz",
      c: "<<",
    });
    expect(() => parseFileCommand("a<<EOF\nx\n")).toThrow("Matching delimiter not found 'EOF'");
    expect(() => parseFileCommand("nonsense\n")).toThrow("Invalid format 'nonsense'");
  });

  test("workflow commands", () => {
    expect(parseCommand("::warning file=a%3Ab.js,line=2::x%25%0Ay::z")).toEqual({
      name: "warning",
      properties: { file: "a:b.js", line: "2" },
      message: "x%\ny::z",
    });
    expect(parseCommand("a log line with ::error::")).toBeUndefined();
  });
});
