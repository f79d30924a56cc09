import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { checkout } from "./action/checkout.ts";
import { createFakeGitHub } from "./fake-github.ts";
import { commitAt } from "./state/history.ts";

const folder = mkdtempSync(join(tmpdir(), "fake-github-git-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const fake = createFakeGitHub();
const ana = fake.person("ana");

const git = (...args: string[]): string =>
  execFileSync("git", args, { cwd: folder, encoding: "utf8" }).trim();

describe("git's objects", () => {
  test("have the ids that git gives them", () => {
    const repository = fake.repository("acme/shop", {
      files: {
        "lib.js": "a file beside the folder lib\n",
        "lib/a.js": "a\n",
        "lib/deep/ünïcode.js": "ü\n",
        link: { symlink: "lib/a.js" },
        run: { executable: "#!/bin/sh\n" },
        empty: "",
      },
    });
    const sha = repository.refs.get("refs/heads/main") ?? "";
    checkout(repository, sha, folder);
    git("init", "-q");
    git("add", "-A");
    const commit = commitAt(repository.objects, sha);
    expect(git("write-tree")).toBe(commit.tree);
    const { name, email, date } = commit.author;
    const at = `${Math.floor(date.getTime() / 1000)} +0000`;
    const env = {
      ...process.env,
      GIT_AUTHOR_NAME: name,
      GIT_AUTHOR_EMAIL: email,
      GIT_AUTHOR_DATE: at,
      GIT_COMMITTER_NAME: name,
      GIT_COMMITTER_EMAIL: email,
      GIT_COMMITTER_DATE: at,
    };
    const options = { cwd: folder, env, input: commit.message, encoding: "utf8" } as const;
    expect(execFileSync("git", ["commit-tree", commit.tree], options).trim()).toBe(sha);
  });
});

describe("branches and pull requests", () => {
  test("base.sha stays until the head takes the base in", () => {
    const repository = fake.repository("acme/stale");
    const start = repository.refs.get("refs/heads/main");
    ana.push(repository, "feature", { a: "a" });
    const pull = ana.openPullRequest(repository, { head: "feature", title: "x" });
    const moved = ana.push(repository, "main", { b: "b" });
    ana.push(repository, "feature", { a: "aa" });
    expect(pull.pull.base.sha).toBe(start);
    ana.forcePush(repository, "feature", repository.refs.get("refs/pull/1/merge") ?? "");
    expect(pull.pull.base.sha).toBe(moved);
  });

  test("a head that arrives in the base by a push is merged", () => {
    const repository = fake.repository("acme/pushed");
    const head = ana.push(repository, "feature", { a: "a" });
    const pull = ana.openPullRequest(repository, { head: "feature", title: "x" });
    ana.forcePush(repository, "main", head);
    expect(pull.pull.merged).toMatchObject({ commit: head });
  });

  test("a fork's branch is the head of a pull request, a deleted branch closes it", () => {
    const repository = fake.repository("acme/forked");
    const fork = fake.fork(repository, "eve");
    const eve = fake.person("eve");
    eve.push(fork, "evil", { a: "a" });
    const pull = eve.openPullRequest(repository, { head: "evil", title: "x", headRepository: fork });
    expect(repository.refs.get("refs/pull/1/head")).toBe(fork.refs.get("refs/heads/evil"));
    eve.deleteBranch(fork, "evil");
    expect(pull.closed).toBeDefined();
  });
});
