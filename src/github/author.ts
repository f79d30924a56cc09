/** Who we are at GitHub: the login under which our comments and issues are found again. */
import type { GitHub } from "./client.ts";
import { statusOf } from "./errors.ts";
import { at, textOf } from "./json.ts";

/** Who wrote a comment that carries our marker. */
export interface Candidate {
  readonly login: string;
  readonly bot: boolean;
}

/** Our login; the candidates tell whether it is worth asking GitHub. */
export type Author = (candidates: readonly Candidate[]) => Promise<string | undefined>;

/** The App's own login. */
export function appAuthor(slug: string): Author {
  return async () => `${slug}[bot]`;
}

/** The bot behind every workflow's own token. */
const ACTIONS_BOT = "github-actions[bot]";

/**
 * Whoever the token belongs to. A person's token says so itself; an installation's cannot be asked by REST, and is the
 * workflow's own unless another bot has a comment with our marker: then GraphQL knows.
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
