import type { Answer } from "../http/call.ts";
import type { SignIn } from "../state/sign-in.ts";
import { repositoryNamed, type World } from "../state/world.ts";
import { escapeHtml } from "./html.ts";
import { html, page } from "./layout.ts";
import { newApp } from "./manifest.ts";
import { conversationPage } from "./pull-request.ts";
import { accessToken, authorize } from "./sign-in.ts";

export interface PageRequest {
  readonly method: string;
  readonly url: URL;
  readonly body: string;
  readonly accept: string;
}

/** A letter on a coloured ground, the colour from the name. */
function picture(login: string): Answer {
  const hue = [...login].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 360, 7);
  const letter = escapeHtml((login[0] ?? "?").toUpperCase());
  const content = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><rect width="40" height="40" fill="hsl(${hue} 45% 45%)"/><text x="20" y="27" font-family="sans-serif" font-size="20" text-anchor="middle" fill="#fff">${letter}</text></svg>`;
  return { status: 200, raw: { type: "image/svg+xml", content: Buffer.from(content) } };
}

/** The storage behind GitHub: whoever has the address gets the bytes, for a minute. */
function storedArtifact(world: World, id: number, url: URL): Answer {
  const runs = world.repositories.flatMap(({ workflowRuns }) => workflowRuns);
  const artifact = runs.flatMap(({ artifacts }) => artifacts).find((each) => each.id === id);
  const isValid = Number(url.searchParams.get("se")) >= world.now().getTime();
  if (!artifact || !isValid)
    return { status: 403, raw: { type: "application/xml", content: Buffer.from("<Error/>") } };
  return { status: 200, raw: { type: "application/zip", content: artifact.zip } };
}

/** What GitHub shows in a browser; `undefined` when there is no such page here. */
export function openPage(
  world: World,
  signIn: SignIn,
  { method, url, body, accept }: PageRequest,
): Answer | undefined {
  const { pathname: path } = url;
  const stored = /^\/artifact-storage\/(\d+)$/.exec(path);
  if (stored && method === "GET") return storedArtifact(world, Number(stored[1]), url);
  if (path === "/login/oauth/authorize" && method === "GET") return authorize(world, signIn, url);
  if (path === "/login/oauth/access_token" && method === "POST")
    return accessToken(world, signIn, body, url, accept);
  const settings = /^(?:\/organizations\/([^/]+))?\/settings\/apps\/new$/.exec(path);
  if (settings && method === "POST") return newApp(world, signIn, settings[1], body, url);
  const conversation = /^\/([^/]+\/[^/]+)\/(?:pull|issues)\/(\d+)$/.exec(path);
  const repository = conversation ? repositoryNamed(world, conversation[1] ?? "") : undefined;
  const issue = repository?.issues.find(({ number }) => number === Number(conversation?.[2]));
  if (method !== "GET") return undefined;
  if (issue) return html(200, conversationPage(world, issue));
  const avatar = /^\/avatars\/([^/]+)$/.exec(path);
  if (avatar) return picture(decodeURIComponent(avatar[1] ?? ""));
  if (path === "/favicon.ico") return { status: 204 };
  // A browser that follows a link finds nothing; a program that asks for what is not modelled is at fault.
  return accept.includes("text/html") ? html(404, page("Page not found", "<h1>404</h1>")) : undefined;
}
