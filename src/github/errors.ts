/** What went wrong at GitHub, as Octokit throws it and as a user is told. */
import { GatewrightError } from "../model/errors.ts";
import { field, textOf } from "./json.ts";

/** The HTTP status of what Octokit (or this module) threw; `undefined` when no answer came. */
export function statusOfGitHub(error: unknown): number | undefined {
  const own = error instanceof GatewrightError ? error.cause : error;
  const status = field(own, "status");
  // Octokit gives 500 to a connection that was cut: there is no response then.
  return typeof status === "number" && field(own, "response") !== undefined ? status : undefined;
}

export function headerOf(error: unknown, name: string): string | undefined {
  const value = field(field(field(error, "response"), "headers"), name);
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}

/** A token without the permission (forks, `permissions:`): not a failure of the run. */
export function isForbidden(error: unknown): boolean {
  return statusOfGitHub(error) === 403;
}

/** The user's error for a failed request; `route` says which one it was. */
export function errorOfGitHub(error: unknown, route: string): unknown {
  if (!(error instanceof Error) || error instanceof GatewrightError) return error;
  const status = statusOfGitHub(error);
  const said = textOf(field(field(field(error, "response"), "data"), "message")) ?? error.message;
  const details = { cause: error };
  if (status === undefined) {
    return new GatewrightError("GITHUB_UNREACHABLE", `GitHub did not answer ${route}: ${said}`, {
      ...details,
      hint: "Check GITHUB_API_URL and the runner's network, then run the job again.",
    });
  }
  if (status === 401) {
    return new GatewrightError("GITHUB_TOKEN_REFUSED", `GitHub refuses the token (${route}: ${said})`, {
      ...details,
      hint: "Leave github-token at its default, or give one that has not expired.",
    });
  }
  if ((status === 403 || status === 429) && /rate limit/i.test(said)) {
    return new GatewrightError("GITHUB_RATE_LIMITED", `GitHub's rate limit is used up (${route}: ${said})`, {
      ...details,
      hint: "Run the job again when the limit is reset; rate limits are per token and hour.",
    });
  }
  if (status === 403 || status === 404) {
    return new GatewrightError(
      status === 403 ? "GITHUB_FORBIDDEN" : "GITHUB_NOT_FOUND",
      `GitHub ${status === 403 ? "forbids" : "does not find"} ${route}: ${said}`,
      {
        ...details,
        hint: "Give the job the permissions `contents: read` and `pull-requests: write`.",
      },
    );
  }
  return new GatewrightError("GITHUB_ERROR", `GitHub answered ${status} to ${route}: ${said}`, {
    ...details,
    hint: "Run the job again; https://www.githubstatus.com tells whether GitHub has trouble.",
  });
}
