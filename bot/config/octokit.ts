/** Probot's Octokit, without its throttling and retries. */
import { Probot, ProbotOctokit } from "probot";
import type { Logger } from "pino";
import { createRequest, type GitHubRequest } from "../../src/github/client.ts";
import type { BotConfig } from "./config.ts";
import { systemClock } from "../../src/model/clock.ts";
import { at } from "../../src/github/json.ts";
import { createRateLimit, type RateLimit } from "../../src/github/rate-limit.ts";

/**
 * Throttling is off, since it would post one
 * comment in three seconds for the entire process; only the function form of `defaults` turns it off, because the
 * object form is merged with Probot's own. Retrying is off, since it repeats POSTs after a 5xx, which duplicates
 * comments; `createRequest` retries what is safe to repeat and honours `retry-after`.
 */
export function createProbot(config: BotConfig, log: Logger): Probot {
  const Octokit = ProbotOctokit.defaults(({ auth, ...options }: { readonly auth?: object }) => {
    // Probot's own request asks github.com for tokens, even on GitHub Enterprise Server; without it, this Octokit's is used.
    const { request: _, ...ours }: { readonly request?: unknown } = auth ?? {};
    return { ...options, auth: ours, throttle: { enabled: false }, retry: { enabled: false } };
  });
  return new Probot({
    appId: config.appId,
    privateKey: config.privateKey,
    secret: config.webhookSecret,
    baseUrl: config.apiUrl,
    log,
    Octokit,
    // Also used for the tokens that Octokit fetches.
    request: {
      fetch: (url: string, init: RequestInit) => {
        const late = AbortSignal.timeout(config.githubTimeoutMs);
        const signal = init.signal ? AbortSignal.any([init.signal, late]) : late;
        return fetch(url, { ...init, signal });
      },
    },
  });
}

/** GitHub requests of one App: in its installations, and as the App itself. */
interface AppRequests {
  /** GitHub as the App (no installation) or in one of its installations. */
  of(installation: number | undefined): Promise<GitHubRequest>;
}

export function createRequests(probot: Probot, count: (outcome: string) => void = () => {}): AppRequests {
  const limits = new Map<number | undefined, RateLimit>();
  return {
    of: async (installation) => {
      const rateLimit = limits.get(installation) ?? createRateLimit(systemClock);
      limits.set(installation, rateLimit);
      return createRequest(await sender(probot, installation, count), { audience: "app", rateLimit });
    },
  };
}

/** Octokit's plain request, counted, with a token that is renewed when GitHub rejects it. */
async function sender(
  probot: Probot,
  installation: number | undefined,
  count: (outcome: string) => void,
): Promise<GitHubRequest> {
  const octokit = await probot.auth(installation);
  const send: GitHubRequest = async (route, parameters) => {
    try {
      const answer = await octokit.request(route, { ...parameters });
      count(String(answer.status));
      return answer;
    } catch (error) {
      count(error instanceof Error && "status" in error ? String(error.status) : "error");
      throw error;
    }
  };
  return async (route, parameters) => {
    try {
      return await send(route, parameters);
    } catch (error) {
      // Octokit would keep using the token for its full hour. A rejected request did nothing, so it is safe to repeat.
      if (installation === undefined || at(error, "status") !== 401) throw error;
      await octokit.auth({ type: "installation", refresh: true });
      return send(route, parameters);
    }
  };
}
