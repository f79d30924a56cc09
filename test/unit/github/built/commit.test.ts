import { describe, expect, it } from "vitest";
import { commitArtifacts } from "../../../../src/github/built/commit.ts";
import type { GitHubRequest } from "../../../../src/github/client.ts";

const OURS = 1;
const FORK = 2;
/** The id of everything at a commit's paths: `src` and the workflow; each commit has another root. */
type Sources = Readonly<Record<string, string>>;

/** The runs that were asked for, in order, where no commit has one. */
async function askedFor(pulls: readonly unknown[], sources: Sources): Promise<readonly string[]> {
  const asked: string[] = [];
  const answers: Readonly<Record<string, (given: Readonly<Record<string, unknown>>) => unknown>> = {
    "GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls": () => pulls,
    "GET /repos/{owner}/{repo}/git/commits/{commit_sha}": ({ commit_sha: sha }) => ({
      tree: { sha: `root ${String(sha)}` },
    }),
    "GET /repos/{owner}/{repo}/git/trees/{tree_sha}": ({ tree_sha: tree }) => ({
      tree: ["src", ".github"].map((path) => ({
        path,
        type: "blob",
        sha: sources[String(tree).replace("root ", "")],
      })),
    }),
    "GET /repos/{owner}/{repo}/actions/runs": ({ head_sha: sha }) => {
      asked.push(String(sha));
      return { workflow_runs: [] };
    },
  };
  const request: GitHubRequest = async (route, given = {}) => ({
    status: 200,
    headers: {},
    data: answers[route]?.(given),
  });
  const artifacts = commitArtifacts(request, {
    place: { owner: "acme", repo: "shop" },
    repositoryId: OURS,
    code: { workflow: "build.yml", sources: ["src"] },
    sha: "merge",
  });
  expect(await artifacts.find("orders")).toMatchObject({ missing: { code: "CODE_NOT_BUILT" } });
  return asked;
}

const merged = (from: number) => ({
  state: "closed",
  merged_at: "2026-01-01T00:00:00Z",
  merge_commit_sha: "merge",
  head: { sha: "head", repo: { id: from } },
});

describe("the build of a merge is looked for", () => {
  it("at the reviewed head first, where that has the same sources", async () => {
    expect(await askedFor([merged(OURS)], { head: "1", merge: "1" })).toEqual(["head", "merge"]);
  });

  it("not at a head with other sources", async () => {
    expect(await askedFor([merged(OURS)], { head: "1", merge: "2" })).toEqual(["merge"]);
  });

  it("not at a fork's head", async () => {
    expect(await askedFor([merged(FORK)], { head: "1", merge: "1" })).toEqual(["merge"]);
  });

  it("in the fork after all else where the commit is the head of its open pull request", async () => {
    const open = { state: "open", merged_at: null, head: { sha: "merge", repo: { id: FORK } } };
    expect(await askedFor([open], {})).toEqual(["merge", "merge"]);
  });
});
