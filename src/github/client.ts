/**
 * GitHub's REST API for the Action and the bot: one `request` that retries, respects rate limits and throws errors a user
 * can act on. Octokit is loaded on the first request, because it takes longer to load than the rest of the Action.
 */
import { type Clock, systemClock } from "../model/clock.ts";
import { retry, type RetryDecision } from "../model/retry.ts";
import type { Audience } from "./advice.ts";
import { errorOfGitHub, statusOf } from "./errors.ts";
import { createRateLimit, LONGEST_WAIT_MS, type RateLimit, rateLimitWait } from "./rate-limit.ts";
import { once } from "../model/promises/once.ts";

export interface GitHubResponse {
  readonly status: number;
  readonly data: unknown;
  readonly headers: Readonly<Record<string, string | number | undefined>>;
}

/** The part of Octokit's `request` that we use. Throws errors that `statusOf` understands. */
export type GitHubRequest = (
  route: string,
  parameters?: Readonly<Record<string, unknown>>,
) => Promise<GitHubResponse>;

/** Node's own takes no proxy from the environment. */
export type Fetch = (url: URL, init: RequestInit) => Promise<Response>;

export interface GitHub {
  readonly request: GitHubRequest;
  /** The token's login, from GraphQL's `viewer`: the only API that gives it for an installation token. */
  readonly viewer: () => Promise<string | undefined>;
  /** True for a workflow's or an App's token, which has no user. */
  readonly installation: boolean;
  /** For addresses outside of GitHub's API: without the token, through the runner's proxy. */
  readonly fetch?: Fetch | undefined;
}

interface GitHubOptions {
  readonly token: string;
  /** `https://api.github.com`, or GitHub Enterprise Server's `https://host/api/v3`. */
  readonly apiUrl: string;
  /** For one request, its answer included. Default: 30 seconds. */
  readonly timeoutMs?: number | undefined;
}

/** A client for a workflow job. Loads Octokit on first use and honours the runner's `HTTPS_PROXY` and `NO_PROXY`. */
export function connectGitHub({ token, apiUrl, timeoutMs = 30_000 }: GitHubOptions): GitHub {
  const connected = once(() => load(token, apiUrl));
  const inTime = (how?: unknown) => ({
    request: { ...(typeof how === "object" ? how : {}), signal: AbortSignal.timeout(timeoutMs) },
  });
  const send: GitHubRequest = async (route, parameters) =>
    (await connected()).request(route, { ...parameters, ...inTime(parameters?.request) });
  return {
    installation: token.startsWith("ghs_"),
    request: createRequest(send, { audience: "job" }),
    fetch: async (url, init) => {
      const { defaults } = await import("@actions/github/lib/utils");
      const proxied: Fetch = defaults.request?.fetch ?? fetch;
      return proxied(url, init);
    },
    viewer: async () => {
      const answer: { viewer?: { login?: string } } = await (await connected()).graphql(
        "{ viewer { login } }",
        inTime(),
      );
      return answer.viewer?.login;
    },
  };
}

async function load(token: string, apiUrl: string) {
  const { getOctokit } = await import("@actions/github");
  return getOctokit(token, { baseUrl: apiUrl, userAgent: "gatewright" });
}

interface RequestOptions {
  /** Who reads the hints of errors. */
  readonly audience: Audience;
  readonly clock?: Clock | undefined;
  /** Share one between all clients that use the same token. */
  readonly rateLimit?: RateLimit | undefined;
}

/**
 * Adds retries, rate limits and user errors to Octokit's `request`. Retries all but POST after a 5xx or a lost
 * connection (the POST may have succeeded), and every method after a rate limit that ends within a minute.
 */
export function createRequest(send: GitHubRequest, options: RequestOptions): GitHubRequest {
  const { audience, clock = systemClock, rateLimit = createRateLimit(clock) } = options;
  return async (route, parameters) => {
    const attempt = async (): Promise<GitHubResponse> => {
      await rateLimit.before();
      try {
        return inJson(await send(route, parameters), route);
      } catch (error) {
        rateLimit.note(error);
        throw error;
      }
    };
    try {
      return await retry(attempt, {
        clock,
        attempts: 4,
        backoff: { firstMs: 500, longestMs: 4000, jitter: "none" },
        retryIf: (error) => decide(error, route, clock.now()),
      });
    } catch (error) {
      throw errorOfGitHub(error, route, audience);
    }
  };
}

/**
 * Octokit gives what is no JSON as text or bytes, with the status of success: an answer that broke off, a proxy's page. Taken for an answer, it
 * would be an empty list of reviews or checks, which opens a gate, and settings without a rule.
 */
function inJson(answer: GitHubResponse, route: string): GitHubResponse {
  const { data, status, headers } = answer;
  const length = Number(headers["content-length"] ?? 0);
  const mayBeEmpty = length === 0 && (status !== 200 || !route.startsWith("GET "));
  const isJson =
    data === undefined || data === ""
      ? mayBeEmpty
      : typeof data !== "string" && !(data instanceof ArrayBuffer);
  if (status < 300 && !isJson) throw new Error("the answer broke off, or is not GitHub's");
  return answer;
}

function decide(error: unknown, route: string, now: number): RetryDecision {
  const status = statusOf(error);
  if (status === 403 || status === 429) {
    const wait = rateLimitWait(error, now);
    return wait !== undefined && wait <= LONGEST_WAIT_MS ? { afterMs: wait } : "stop";
  }
  const repeatable = !route.startsWith("POST ");
  return repeatable && (status === undefined || status >= 500) ? "retry" : "stop";
}
