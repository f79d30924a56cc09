/** Turns Octokit's errors into errors for users. */
import { GatewrightError, reasonOf, userErrors } from "../model/errors.ts";
import { adviceFor, type Audience, type GitHubErrorCode } from "./advice.ts";
import { at, text, textOf } from "./json.ts";

/** The HTTP status of an error from Octokit or from `errorOfGitHub`; `undefined` if there was no response. */
export function statusOf(error: unknown): number | undefined {
  const own = at(error, "status") === undefined ? at(error, "cause") : error;
  const status = at(own, "status");
  // Octokit reports a lost connection as status 500 without a response.
  return typeof status === "number" && at(own, "response") !== undefined ? status : undefined;
}

/**
 * True if the same request may succeed later: after a server error, a lost response, a rate limit, or with a renewed
 * token. A missing permission, a missing commit or a bug in Gatewright is permanent.
 */
export function isTransient(error: unknown): boolean {
  const code = userErrors(error)?.[0]?.code;
  if (code !== undefined && !code.startsWith("GITHUB_")) return false;
  if (code === "GITHUB_RATE_LIMITED") return true;
  const status = statusOf(error);
  return status === undefined || status >= 500 || status === 401;
}

/** The user error for a failed request to `route`. Returns a `GatewrightError` unchanged. */
export function errorOfGitHub(error: unknown, route: string, audience: Audience): unknown {
  if (!(error instanceof Error) || error instanceof GatewrightError) return error;
  const status = statusOf(error);
  const said = textOf(at(error, "response", "data", "message")) ?? (error.message || reasonOf(error));
  const [code, message] = describe(status, route, said);
  const accepted = text(at(error, "response", "headers", "x-accepted-github-permissions"));
  return new GatewrightError(code, message, {
    cause: error,
    hint: adviceFor(code, audience, { route, accepted }),
  });
}

const READ_ONLY_STATUS = [403, 409, 410, 422, 423, 451];
const LOCKED = /\b(is|was|been) (locked|disabled|blocked)\b|access blocked/i;

/** A refusal that no permission would change. GitHub tells it only in words. */
function readOnly(status: number, route: string, said: string): [GitHubErrorCode, string] | undefined {
  if (!READ_ONLY_STATUS.includes(status)) return undefined;
  const message = `GitHub refuses ${route}: ${said}`;
  if (/\barchived\b/i.test(said)) return ["GITHUB_ARCHIVED", message];
  if (LOCKED.test(said)) return ["GITHUB_LOCKED", message];
  return undefined;
}

function describe(status: number | undefined, route: string, said: string): [GitHubErrorCode, string] {
  if (status === undefined) return ["GITHUB_UNREACHABLE", `GitHub did not answer ${route}: ${said}`];
  if (status === 401) return ["GITHUB_TOKEN_REFUSED", `GitHub refuses the token (${route}: ${said})`];
  if ((status === 403 || status === 429) && /rate limit/i.test(said))
    return ["GITHUB_RATE_LIMITED", `GitHub's rate limit is used up (${route}: ${said})`];
  const refusal = readOnly(status, route, said);
  if (refusal !== undefined) return refusal;
  if (status === 403) return ["GITHUB_FORBIDDEN", `GitHub forbids ${route}: ${said}`];
  if (status === 404) return ["GITHUB_NOT_FOUND", `GitHub does not find ${route}: ${said}`];
  return ["GITHUB_ERROR", `GitHub answered ${status} to ${route}: ${said}`];
}
