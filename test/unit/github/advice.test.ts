import { describe, expect, it } from "vitest";
import { advised } from "../../../src/github/advice.ts";
import { GatewrightError } from "../../../src/index.ts";

function hintOf(code: string, route: string, headers: Record<string, string> = {}): string | undefined {
  const cause = Object.assign(new Error("x"), { status: 403, response: { headers } });
  const error = advised(new GatewrightError(code, "x", { cause, hint: "Give the job something." }), route);
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
    ["POST /repos/{owner}/{repo}/issues/{issue_number}/comments", "pull_requests: write"],
    ["POST /repos/{owner}/{repo}/issues", "issues: write"],
    ["GET /orgs/{org}/teams/{team_slug}/memberships/{username}", "members: read"],
  ])("%s: %s", (route, permission) => {
    expect(hintOf("GITHUB_FORBIDDEN", route)).toContain(`\`${permission}\``);
  });

  it("is the one that GitHub names, when it does", () => {
    const headers = { "x-accepted-github-permissions": "issues=write; pull_requests=write" };
    expect(hintOf("GITHUB_FORBIDDEN", "POST /repos/{owner}/{repo}/issues", headers)).toContain(
      "`issues: write; pull_requests: write`",
    );
  });
});

describe("other errors", () => {
  it("of GitHub never speak of a job", () => {
    for (const code of ["ERROR", "NOT_FOUND", "RATE_LIMITED", "TOKEN_REFUSED", "UNREACHABLE"])
      expect(hintOf(`GITHUB_${code}`, "GET /app")).not.toContain("job");
  });

  it("stay as they are", () => {
    const error = new GatewrightError("PLAN_STALE", "x", { hint: "y" });
    expect(advised(error, "GET /app")).toBe(error);
    const bug = new TypeError("x");
    expect(advised(bug, "GET /app")).toBe(bug);
  });
});
