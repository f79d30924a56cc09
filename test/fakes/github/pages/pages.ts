import type { Answer } from "../http/call.ts";
import type { SignIn } from "../state/sign-in.ts";
import { repositoryNamed, type World } from "../state/world.ts";
import { newApp } from "./manifest.ts";
import { conversationPage } from "./pull-request.ts";
import { accessToken, authorize } from "./sign-in.ts";

export interface PageRequest {
  readonly method: string;
  readonly url: URL;
  readonly body: string;
  readonly accept: string;
}

/** What GitHub shows in a browser; `undefined` when there is no such page here. */
export function openPage(
  world: World,
  signIn: SignIn,
  { method, url, body, accept }: PageRequest,
): Answer | undefined {
  const { pathname: path } = url;
  if (path === "/login/oauth/authorize" && method === "GET") return authorize(world, signIn, url);
  if (path === "/login/oauth/access_token" && method === "POST")
    return accessToken(world, signIn, body, url, accept);
  const settings = /^(?:\/organizations\/([^/]+))?\/settings\/apps\/new$/.exec(path);
  if (settings && method === "POST") return newApp(world, signIn, settings[1], body, url);
  const conversation = /^\/([^/]+\/[^/]+)\/(?:pull|issues)\/(\d+)$/.exec(path);
  const repository = conversation ? repositoryNamed(world, conversation[1] ?? "") : undefined;
  const issue = repository?.issues.find(({ number }) => number === Number(conversation?.[2]));
  if (!issue || method !== "GET") return undefined;
  const content = Buffer.from(conversationPage(world, issue));
  return { status: 200, raw: { type: "text/html; charset=utf-8", content } };
}
