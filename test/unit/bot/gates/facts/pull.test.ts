import { describe, expect, it } from "vitest";
import { readPull } from "../../../../../bot/gates/facts/pull.ts";
import { PULL } from "../pull.ts";

const REPOSITORY = { id: 1, owner: "acme", name: "shop", defaultBranch: "main" };
const ANSWER = {
  user: { login: "ana" },
  head: { sha: "1".repeat(40), ref: "topic", repo: { id: 1 } },
  base: { sha: "2".repeat(40), ref: "main", repo: { id: 1 } },
  state: "open",
  merged: false,
  draft: false,
  mergeable: true,
  html_url: "https://github.com/acme/shop/pull/7",
  merged_by: null,
};

const read = (more: object) =>
  readPull(
    async (route, parameters) => {
      expect([route, parameters]).toEqual([
        "GET /repos/{owner}/{repo}/pulls/{pull_number}",
        { owner: "acme", repo: "shop", pull_number: 7 },
      ]);
      return { status: 200, headers: {}, data: { ...ANSWER, ...more } };
    },
    REPOSITORY,
    7,
  );

describe("the facts of a pull request", () => {
  it("are what GitHub says now", async () => {
    expect(await read({})).toEqual({
      ...PULL,
      url: "https://github.com/acme/shop/pull/7",
      mergedBy: undefined,
    });
  });

  it.each([
    ["a fork's branch", { head: { ...ANSWER.head, repo: { id: 2 } } }, { fork: true }],
    ["the branch of a fork that was deleted", { head: { ...ANSWER.head, repo: null } }, { fork: true }],
    ["a mergeability that GitHub still computes", { mergeable: null }, { mergeable: undefined }],
    ["conflicts", { mergeable: false }, { mergeable: false }],
    ["a draft", { draft: true }, { draft: true }],
    ["labels", { labels: [{ name: "preview" }, { name: "docs" }] }, { labels: ["preview", "docs"] }],
    [
      "a merge",
      { state: "closed", merged: true, merge_commit_sha: "3", merged_by: { login: "ben" } },
      { state: "closed", merged: true, mergeSha: "3", mergedBy: "ben" },
    ],
    [
      "a state that is none",
      { state: undefined, merged: "yes", draft: 1 },
      { state: "closed", merged: false, draft: false },
    ],
  ])("tell %s", async (_what, answer, expected) => {
    expect(await read(answer)).toMatchObject(expected);
  });
});
