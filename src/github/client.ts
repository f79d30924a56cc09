/**
 * GitHub's REST API as Action and bot need it: one `request` that retries, respects rate limits and throws errors a user
 * can act on. Octokit is loaded on the first request: it costs more to load than everything else of the Action.
 */
import { type Clock, systemClock } from "../model/clock.ts";
import { retry, type RetryDecision } from "../model/retry.ts";
import type { Audience } from "./advice.ts";
import { errorOfGitHub, statusOf } from "./errors.ts";
import { createRateLimit, LONGEST_WAIT_MS, type RateLimit, rateLimitWait } from "./rate-limit.ts";

export interface GitHubResponse {
  readonly status: number;
  readonly data: unknown;
  readonly headers: Readonly<Record<string, string | number | undefined>>;
}

/** Octokit's `request`, and all that is used of it. Throws what `statusOf` understands. */
export type GitHubRequest = (
  route: string,
  parameters?: Readonly<Record<string, unknown>>,
) => Promise<GitHubResponse>;

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

/** GitHub for a workflow's job. Connects on first use, through the runner's proxies (`HTTPS_PROXY`, `NO_PROXY`). */
export function connectGitHub({ token, apiUrl }: GitHubOptions): GitHub {
  let octokit: ReturnType<typeof load> | undefined;
  const connected = (): ReturnType<typeof load> => {
    octokit ??= load(token, apiUrl);
    return octokit;
  };
  const send: GitHubRequest = async (route, parameters) => (await connected()).request(route, parameters);
  return {
    installation: token.startsWith("ghs_"),
    request: createRequest(send, { audience: "job" }),
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

export interface RequestOptions {
  /** Whom the hints of errors address. */
  readonly audience: Audience;
  readonly clock?: Clock | undefined;
  /** Shared by everything that uses the same token. */
  readonly rateLimit?: RateLimit | undefined;
}

/**
 * Octokit's bare `request` with retries, rate limit and errors for users. Everything but POST is retried after a 5xx or
 * a cut connection (a POST may have happened), and anything after a rate limit that ends within a minute.
 */
export function createRequest(send: GitHubRequest, options: RequestOptions): GitHubRequest {
  const { audience, clock = systemClock, rateLimit = createRateLimit(clock) } = options;
  return async (route, parameters) => {
    const attempt = async (): Promise<GitHubResponse> => {
      await rateLimit.before();
      try {
        return await send(route, parameters);
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

function decide(error: unknown, route: string, now: number): RetryDecision {
  const status = statusOf(error);
  if (status === 403 || status === 429) {
    const wait = rateLimitWait(error, now);
    return wait !== undefined && wait <= LONGEST_WAIT_MS ? { afterMs: wait } : "stop";
  }
  const repeatable = !route.startsWith("POST ");
  return repeatable && (status === undefined || status >= 500) ? "retry" : "stop";
}
