/**
 * GitHub's REST API as this product needs it: one `request`, patient with GitHub's bad moments, and errors a user can
 * act on. Octokit is loaded on the first request: it costs more to load than everything else of the Action.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { errorOfGitHub, headerOf, statusOfGitHub } from "./errors.ts";

export interface GitHubResponse {
  readonly status: number;
  readonly data: unknown;
  readonly headers: Readonly<Record<string, string | number | undefined>>;
}

/** Octokit's `request`, and all that is used of it. Throws what `isStatus` understands. */
export type GitHubRequest = (route: string, parameters?: Record<string, unknown>) => Promise<GitHubResponse>;

export interface GitHub {
  readonly request: GitHubRequest;
  /** The login behind the token by GraphQL's `viewer`: the only question that installation tokens answer. */
  readonly viewer: () => Promise<string | undefined>;
  /** A workflow's or an App's token, which has no user. */
  readonly installation: boolean;
}

export interface GitHubOptions {
  readonly token: string;
  /** `https://api.github.com`, or GitHub Enterprise Server's `https://host/api/v3`. */
  readonly apiUrl: string;
}

/** Connects on first use. Proxies are those of the runner's environment (`HTTPS_PROXY`, `NO_PROXY`). */
export function connectGitHub({ token, apiUrl }: GitHubOptions): GitHub {
  let octokit: ReturnType<typeof load> | undefined;
  const connected = (): ReturnType<typeof load> => {
    octokit ??= load(token, apiUrl);
    return octokit;
  };
  return {
    installation: token.startsWith("ghs_"),
    request: patient(async (route, parameters) => (await connected()).request(route, parameters)),
    viewer: async () => {
      const answer: { viewer?: { login?: string } } = await (await connected()).graphql(
        "{ viewer { login } }",
      );
      return answer.viewer?.login;
    },
  };
}

async function load(token: string, apiUrl: string) {
  const { getOctokit } = await import("@actions/github");
  return getOctokit(token, { baseUrl: apiUrl, userAgent: "gatewright" });
}

const ATTEMPTS = 4;
/** Longer waits than this are told, not sat out: a job is paid by the minute. */
const LONGEST_WAIT = 60_000;

/**
 * Repeats what may be repeated: everything but POST after a 5xx or a cut connection (a POST may have happened), and
 * anything after a rate limit that says when to come back.
 */
export function patient(
  request: GitHubRequest,
  wait: (ms: number) => Promise<unknown> = sleep,
): GitHubRequest {
  return async (route, parameters) => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await request(route, parameters);
      } catch (error) {
        const pause = attempt < ATTEMPTS ? pauseAfter(error, route, attempt) : undefined;
        if (pause === undefined) throw errorOfGitHub(error, route);
        await wait(pause);
      }
    }
  };
}

function pauseAfter(error: unknown, route: string, attempt: number): number | undefined {
  const status = statusOfGitHub(error);
  if (status === 403 || status === 429) {
    const limited = rateLimitWait(error);
    return limited !== undefined && limited <= LONGEST_WAIT ? limited : undefined;
  }
  const repeatable = !route.startsWith("POST ");
  return repeatable && (status === undefined || status >= 500) ? 500 * 2 ** (attempt - 1) : undefined;
}

function rateLimitWait(error: unknown): number | undefined {
  const after = headerOf(error, "retry-after");
  if (after !== undefined) return Number(after) * 1000;
  if (headerOf(error, "x-ratelimit-remaining") !== "0") return undefined;
  return Math.max(0, Number(headerOf(error, "x-ratelimit-reset") ?? 0) * 1000 - Date.now());
}
