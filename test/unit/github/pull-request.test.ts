import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readRun } from "../../../src/github/pull-request.ts";

function run(event: string, payload: unknown, env: Record<string, string> = {}) {
  const path = join(mkdtempSync(join(tmpdir(), "gatewright-event-")), "event.json");
  writeFileSync(path, typeof payload === "string" ? payload : JSON.stringify(payload));
  return readRun(
    {
      GITHUB_EVENT_NAME: event,
      GITHUB_EVENT_PATH: path,
      GITHUB_REPOSITORY: "octo/shop",
      GITHUB_SHA: "c".repeat(40),
      GITHUB_RUN_ID: "17",
      ...env,
    },
    "/here",
  );
}

const pull = (head: number | null) => ({
  pull_request: {
    number: 5,
    head: { sha: "a".repeat(40), ref: "topic", repo: head === null ? null : { id: head } },
    base: { sha: "b".repeat(40), ref: "main", repo: { id: 1 } },
  },
});

describe("the facts of a run", () => {
  it("are the pull request's", () => {
    expect(run("pull_request", pull(1))).toEqual({
      event: "pull_request",
      commit: "c".repeat(40),
      owner: "octo",
      repo: "shop",
      sha: "a".repeat(40),
      pullRequest: {
        number: 5,
        headSha: "a".repeat(40),
        baseRef: "main",
        baseSha: "b".repeat(40),
        fork: false,
      },
      baseSha: "b".repeat(40),
      baseBranch: undefined,
      serverUrl: "https://github.com",
      apiUrl: "https://api.github.com",
      runUrl: "https://github.com/octo/shop/actions/runs/17",
      runId: 17,
      workspace: "/here",
    });
  });

  it.each([2, null])("tell a fork (%s)", (id) => {
    expect(run("pull_request_target", pull(id)).pullRequest?.fork).toBe(true);
  });

  it("compare a push with what it replaced", () => {
    const facts = run("push", { before: "d".repeat(40), after: "c".repeat(40) });
    expect(facts).toMatchObject({ sha: "c".repeat(40), baseSha: "d".repeat(40), pullRequest: undefined });
  });

  it("compare a merge queue's group with what it is merged into", () => {
    const group = { head_sha: "c".repeat(40), base_sha: "d".repeat(40) };
    const facts = run("merge_group", { action: "checks_requested", merge_group: group });
    expect(facts).toMatchObject({ sha: "c".repeat(40), baseSha: "d".repeat(40), pullRequest: undefined });
  });

  it("have no base for a new branch or a manual run", () => {
    expect(run("push", { before: "0".repeat(40) }).baseSha).toBeUndefined();
    expect(run("workflow_dispatch", { ref: "refs/heads/main" }).baseSha).toBeUndefined();
  });

  it("compare a manual run on another branch with the default branch", () => {
    const payload = { repository: { default_branch: "main" } };
    const baseBranch = (branch: string) =>
      run("workflow_dispatch", payload, { GITHUB_REF_NAME: branch }).baseBranch;
    expect([baseBranch("topic"), baseBranch("main")]).toEqual(["main", undefined]);
  });

  it("follow GitHub Enterprise Server", () => {
    const facts = run(
      "push",
      {},
      {
        GITHUB_SERVER_URL: "https://git.corp.example",
        GITHUB_API_URL: "https://git.corp.example/api/v3",
      },
    );
    expect(facts.apiUrl).toBe("https://git.corp.example/api/v3");
    expect(facts.runUrl).toBe("https://git.corp.example/octo/shop/actions/runs/17");
  });

  it("survive a payload that is not JSON", () => {
    expect(run("push", "not json").pullRequest).toBeUndefined();
  });
});
