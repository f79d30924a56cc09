import { describe, expect, it } from "vitest";
import { adviceFor, type GitHubErrorCode } from "../../../src/github/advice.ts";
import { errorOfGitHub } from "../../../src/github/errors.ts";
import { GatewrightError } from "../../../src/index.ts";
import { httpError } from "./memory-github.ts";

function permissionHint(route: string, headers: Record<string, string> = {}): string | undefined {
  const error = errorOfGitHub(httpError(403, "no", headers), route, "app");
  return error instanceof GatewrightError ? error.hint : undefined;
}

describe("a permission that the App lacks", () => {
  it.each([
    ["POST /repos/{owner}/{repo}/check-runs", "checks: write"],
    ["GET /repos/{owner}/{repo}/commits/{ref}/check-runs", "checks: read"],
    ["POST /repos/{owner}/{repo}/deployments/{deployment_id}/statuses", "deployments: write"],
    ["GET /repos/{owner}/{repo}/commits/{ref}/statuses", "statuses: read"],
    ["GET /repos/{owner}/{repo}/contents/{path}", "contents: read"],
    ["GET /repos/{owner}/{repo}/git/trees/{tree_sha}", "contents: read"],
    ["GET /repos/{owner}/{repo}/actions/runs", "actions: read"],
    ["GET /repos/{owner}/{repo}/actions/artifacts/{artifact_id}/{archive_format}", "actions: read"],
    ["POST /repos/{owner}/{repo}/issues/{issue_number}/comments", "pull_requests: write"],
    ["POST /repos/{owner}/{repo}/issues", "issues: write"],
    ["GET /orgs/{org}/teams/{team_slug}/memberships/{username}", "members: read"],
  ])("%s: %s", (route, permission) => {
    expect(permissionHint(route)).toContain(`\`${permission}\``);
  });

  it("is written for a workflow as a workflow writes it", () => {
    const error = errorOfGitHub(httpError(403, "no"), "GET /repos/{owner}/{repo}/pulls/{pull_number}", "job");
    expect(error).toMatchObject({ hint: expect.stringContaining("`pull-requests: read`") });
  });

  it("is the one that GitHub names, when it does", () => {
    const headers = { "x-accepted-github-permissions": "issues=write; pull_requests=write" };
    expect(permissionHint("POST /repos/{owner}/{repo}/issues", headers)).toContain(
      "`issues: write; pull_requests: write`",
    );
  });
});

const CODES: readonly GitHubErrorCode[] = [
  "GITHUB_UNREACHABLE",
  "GITHUB_TOKEN_REFUSED",
  "GITHUB_RATE_LIMITED",
  "GITHUB_ARCHIVED",
  "GITHUB_LOCKED",
  "GITHUB_FORBIDDEN",
  "GITHUB_NOT_FOUND",
  "GITHUB_ERROR",
];

describe("the hint of an error", () => {
  it.each(CODES)("%s never speaks of a job to the App's users, nor of the App to a job's owner", (code) => {
    expect(adviceFor(code, "app", { route: "GET /app" })).not.toMatch(/\bjob\b/);
    expect(adviceFor(code, "job", { route: "GET /app" })).not.toMatch(/\bApp\b|\bcommand\b/);
  });

  it("of our own stays as it is", () => {
    const error = new GatewrightError("PLAN_STALE", "x", { hint: "y" });
    expect(errorOfGitHub(error, "GET /app", "app")).toBe(error);
  });
});
