/** Probot's own Octokit, without the habits that hurt here. */
import { Probot, ProbotOctokit } from "probot";
import type { Logger } from "pino";
import { type GitHubRequest, patient } from "../../src/index.ts";
import type { BotConfig } from "../config.ts";

/**
 * Throttling off in the function form (the other form is merged with Probot's own and stays on): it would post one
 * comment in three seconds for the whole process. Retrying off: it repeats POSTs after a 5xx, which duplicates comments;
 * `patient` repeats what may be repeated and honours `retry-after`.
 */
export function createProbot(config: BotConfig, log: Logger): Probot {
  const Octokit = ProbotOctokit.defaults((options: object) => ({
    ...options,
    throttle: { enabled: false },
    retry: { enabled: false },
  }));
  return new Probot({
    appId: config.appId,
    privateKey: config.privateKey,
    secret: config.webhookSecret,
    baseUrl: config.apiUrl,
    log,
    Octokit,
  });
}

/** GitHub as the App (no installation) or in one of its installations. */
export async function requestOf(
  probot: Probot,
  installation?: number,
  count?: (outcome: string) => void,
): Promise<GitHubRequest> {
  const octokit = await probot.auth(installation);
  return patient(async (route, parameters) => {
    try {
      const answer = await octokit.request(route, parameters);
      count?.(String(answer.status));
      return answer;
    } catch (error) {
      count?.(error instanceof Error && "status" in error ? String(error.status) : "error");
      throw error;
    }
  });
}
