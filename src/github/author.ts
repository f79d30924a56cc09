/** Our own GitHub login, used to find our comments and issues again. */
import type { GitHub } from "./client.ts";
import { statusOf } from "./errors.ts";
import { at, textOf } from "./json.ts";

/** The author of a comment that contains our marker. */
interface Candidate {
  readonly login: string;
  readonly bot: boolean;
}

/** Returns our login. The candidates decide whether a request to GitHub is necessary. */
export type Author = (candidates: readonly Candidate[]) => Promise<string | undefined>;

/** The App's own login. */
export function appAuthor(slug: string): Author {
  return async () => `${slug}[bot]`;
}

/** The user of every workflow's `GITHUB_TOKEN`. */
const ACTIONS_BOT = "github-actions[bot]";

/**
 * The owner of the token. REST names the user of a personal token, but not that of an installation token. That one is
 * assumed to be the workflow's own, unless another bot has a comment with our marker: then GraphQL gives the answer.
 */
export function tokenAuthor(github: GitHub): Author {
  return async (candidates) => {
    if (!github.installation) {
      try {
        return textOf(at((await github.request("GET /user")).data, "login"));
      } catch (error) {
        if (statusOf(error) !== 403) throw error;
      }
    }
    const otherBots = candidates.some(({ bot, login }) => bot && login !== ACTIONS_BOT);
    if (!otherBots) return ACTIONS_BOT;
    const viewer = await github.viewer().catch(() => undefined);
    return viewer === undefined ? ACTIONS_BOT : viewer.endsWith("[bot]") ? viewer : `${viewer}[bot]`;
  };
}
