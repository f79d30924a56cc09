/** The one question of GitHub's other API that is asked here: whose token is this? */
import { type Json, isRecord, text } from "../json.ts";
import type { World } from "../state/world.ts";
import type { Answer } from "./call.ts";
import { callerOf } from "./caller.ts";
import { GitHubError } from "./errors.ts";

const VIEWER = /^\s*(?:query\s*)?\{\s*viewer\s*\{\s*login\s*\}\s*\}\s*$/;

/** Undefined for everything else, which is not modelled. An App's or a workflow's token is its bot's. */
export function answerGraphQl(
  world: World,
  authorization: string | undefined,
  body: Json | undefined,
): Answer | undefined {
  if (!isRecord(body) || !VIEWER.test(text(body, "query") ?? "")) return undefined;
  try {
    const caller = callerOf(world, authorization);
    if (caller.kind !== "token")
      throw new GitHubError(401, "This endpoint requires you to be authenticated.");
    const { token } = caller;
    const login = token.kind === "installation" ? token.installation.app.bot.login : token.account.login;
    return { status: 200, body: { data: { viewer: { login } } } };
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error;
    return { status: error.status, body: error.body };
  }
}
