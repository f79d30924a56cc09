/** Facts about the workflow run and its pull request, from the environment, the event payload and the API. */
import type { RepositoryPlace } from "../model/repository.ts";
import { readFileSync } from "node:fs";
import type { GitHub, GitHubRequest } from "./client.ts";
import { errorOfGitHub, statusOf } from "./errors.ts";
import { at, list, numberOf, text, textOf } from "./json.ts";
import { allPages } from "./paging.ts";

interface PullRequestFacts {
  readonly number: number;
  /** The event's commit. */
  readonly headSha: string;
  readonly baseRef: string;
  readonly baseSha: string;
  /** True if the branch is in another repository. */
  readonly fork: boolean;
}

export interface RunFacts {
  readonly event: string;
  readonly owner: string;
  readonly repo: string;
  /** GitHub's id of the repository, which its name and owner may change without. */
  readonly repositoryId: number | undefined;
  /** The commit to plan: the pull request's head, otherwise the workflow's commit. */
  readonly sha: string;
  /** The workflow's commit: of a pull request its merge with the base branch, made when the event happened. */
  readonly commit: string | undefined;
  readonly pullRequest: PullRequestFacts | undefined;
  /** The commit to compare with: the base branch's head, that of the merge queue's group, or the branch's head before the push. */
  readonly baseSha: string | undefined;
  readonly defaultBranch: string | undefined;
  /** The branch to compare with if the event names no commit: the default branch, for a manual run on another one. */
  readonly baseBranch: string | undefined;
  readonly serverUrl: string;
  readonly apiUrl: string;
  readonly runUrl: string | undefined;
  /** The workflow run's id. */
  readonly runId: number | undefined;
  /** The path of the working copy. */
  readonly workspace: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

const NO_COMMIT = /^0+$/;

/** Reads the facts. Missing variables (outside a runner) get GitHub's defaults. */
export function readRun(env: Environment, cwd: string): RunFacts {
  const payload = readPayload(env.GITHUB_EVENT_PATH);
  const [owner = "", repo = ""] = (env.GITHUB_REPOSITORY ?? "").split("/");
  const pullRequest = pullRequestOf(payload);
  const serverUrl = env.GITHUB_SERVER_URL || "https://github.com";
  const run = env.GITHUB_RUN_ID;
  return {
    event: env.GITHUB_EVENT_NAME ?? "",
    owner,
    repo,
    repositoryId: Number(env.GITHUB_REPOSITORY_ID) || numberOf(at(payload, "repository", "id")),
    sha: pullRequest?.headSha ?? textOf(at(payload, "merge_group", "head_sha")) ?? env.GITHUB_SHA ?? "",
    commit: env.GITHUB_SHA || undefined,
    pullRequest,
    // https://docs.github.com/en/webhooks/webhook-events-and-payloads#merge_group
    baseSha: pullRequest?.baseSha ?? textOf(at(payload, "merge_group", "base_sha")) ?? pushedOver(payload),
    defaultBranch: textOf(at(payload, "repository", "default_branch")),
    baseBranch: pullRequest === undefined ? otherDefaultBranch(payload, env) : undefined,
    serverUrl,
    apiUrl: env.GITHUB_API_URL || "https://api.github.com",
    runUrl: run ? `${serverUrl}/${owner}/${repo}/actions/runs/${run}` : undefined,
    runId: Number(run) || undefined,
    workspace: env.GITHUB_WORKSPACE || cwd,
  };
}

function readPayload(path: string | undefined): unknown {
  if (path === undefined || path === "") return undefined;
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}

/** The facts in a pull request's event payload. */
function pullRequestOf(payload: unknown): PullRequestFacts | undefined {
  const number = numberOf(at(payload, "pull_request", "number"));
  const headSha = textOf(at(payload, "pull_request", "head", "sha"));
  const baseSha = textOf(at(payload, "pull_request", "base", "sha"));
  if (number === undefined || headSha === undefined || baseSha === undefined) return undefined;
  // A deleted fork no longer has a repository.
  const head = numberOf(at(payload, "pull_request", "head", "repo", "id"));
  return {
    number,
    headSha,
    baseRef: textOf(at(payload, "pull_request", "base", "ref")) ?? "",
    baseSha,
    fork: head === undefined || head !== numberOf(at(payload, "pull_request", "base", "repo", "id")),
  };
}

/** The branch's head before the push; `undefined` for a new branch. */
function pushedOver(payload: unknown): string | undefined {
  const before = textOf(at(payload, "before"));
  return before === undefined || NO_COMMIT.test(before) ? undefined : before;
}

function otherDefaultBranch(payload: unknown, env: Environment): string | undefined {
  const branch = textOf(at(payload, "repository", "default_branch"));
  return env.GITHUB_EVENT_NAME === "workflow_dispatch" && branch !== env.GITHUB_REF_NAME ? branch : undefined;
}

/** The SHA of the branch's head. */
export async function branchHead(
  github: GitHub,
  { owner, repo }: RepositoryPlace,
  branch: string,
): Promise<string | undefined> {
  const { data } = await github.request("GET /repos/{owner}/{repo}/branches/{branch}", {
    owner,
    repo,
    branch,
  });
  return textOf(at(data, "commit", "sha"));
}

/** The pull request's current head. A run for an older commit must not overwrite a newer plan. */
export async function currentHead(
  github: GitHub,
  { owner, repo }: RepositoryPlace,
  number: number,
): Promise<string | undefined> {
  const route = "GET /repos/{owner}/{repo}/pulls/{pull_number}";
  const { data } = await github.request(route, { owner, repo, pull_number: number });
  return textOf(at(data, "head", "sha"));
}

/**
 * The commit of the base branch that a run's working copy includes. A job that is run again gets the merge commit of its
 * first time, whatever the payload says of the base.
 */
export async function includedBase(github: GitHub, run: RunFacts): Promise<string | undefined> {
  const { owner, repo, event, commit, pullRequest } = run;
  if (pullRequest === undefined || event !== "pull_request" || commit === undefined) return run.baseSha;
  try {
    const [base, head] = await parentsOf(github.request, { owner, repo }, commit);
    return head === pullRequest.headSha ? base : run.baseSha;
  } catch {
    return run.baseSha;
  }
}

/** Of a pull request's merge its base and its head; none of a commit that GitHub no longer has. */
export async function parentsOf(
  request: GitHubRequest,
  { owner, repo }: RepositoryPlace,
  sha: string,
): Promise<readonly string[]> {
  try {
    const route = "GET /repos/{owner}/{repo}/git/commits/{commit_sha}";
    const { data } = await request(route, { owner, repo, commit_sha: sha });
    return list(at(data, "parents")).map((parent) => text(at(parent, "sha")));
  } catch (error) {
    if ([404, 409, 422].includes(statusOf(error) ?? 0)) return [];
    throw error;
  }
}

/** Whether a branch has a commit. */
export async function isPartOf(
  request: GitHubRequest,
  { owner, repo }: RepositoryPlace,
  branch: string,
  sha: string,
): Promise<boolean> {
  const route = "GET /repos/{owner}/{repo}/compare/{basehead}";
  const { data } = await request(route, { owner, repo, basehead: `${branch}...${sha}` });
  return at(data, "ahead_by") === 0;
}

/** True if `other` has every commit of `sha` and more. False if GitHub cannot compare them. */
export async function isBehind(
  github: GitHub,
  { owner, repo }: RepositoryPlace,
  sha: string,
  other: string,
): Promise<boolean> {
  if (sha === other) return false;
  try {
    const route = "GET /repos/{owner}/{repo}/compare/{basehead}";
    const { data } = await github.request(route, { owner, repo, basehead: `${other}...${sha}` });
    return at(data, "status") === "behind";
  } catch {
    return false;
  }
}

/** The newest commit that both have in their history. */
export async function mergeBase(
  github: Pick<GitHub, "request">,
  { owner, repo }: RepositoryPlace,
  one: string,
  other: string,
): Promise<string | undefined> {
  const route = "GET /repos/{owner}/{repo}/compare/{basehead}";
  try {
    const { data } = await github.request(route, { owner, repo, basehead: `${one}...${other}` });
    return textOf(at(data, "merge_base_commit", "sha"));
  } catch (error) {
    throw errorOfGitHub(error, route, "job");
  }
}

/** GitHub lists no more of a pull request. */
export const MOST_CHANGED_FILES = 3000;

/** Paths that the pull request adds, changes, removes or renames (old and new name). */
export async function changedFiles(
  request: GitHubRequest,
  { owner, repo }: RepositoryPlace,
  number: number,
): Promise<readonly string[]> {
  const route = "GET /repos/{owner}/{repo}/pulls/{pull_number}/files";
  const files = await allPages(request, route, { owner, repo, pull_number: number });
  return files.flatMap((file) =>
    ["filename", "previous_filename"].flatMap((name) => textOf(at(file, name)) ?? []),
  );
}

const POLICY =
  /^(\.github\/gatewright\.ya?ml|\.github\/(workflows|actions)\/.+|(\.github\/|docs\/)?CODEOWNERS)$/;

/** The bot's settings, workflows and their actions, and who must review. `undefined` if the request fails. */
export async function changedPolicyFiles(
  request: GitHubRequest,
  repository: RepositoryPlace,
  pull: number,
): Promise<readonly string[] | undefined> {
  const files = await changedFiles(request, repository, pull).catch(() => undefined);
  return files?.filter((file) => POLICY.test(file));
}
