import type { Answer } from "../http/call.ts";
import { isRecord, parsed, text } from "../json.ts";
import type { SignIn } from "../state/sign-in.ts";
import { account, secret, type World } from "../state/world.ts";
import { redirect } from "./sign-in.ts";

/**
 * `/settings/apps/new`: takes the form with an App's manifest and sends the browser back with a code for
 * `POST /app-manifests/{code}/conversions`. GitHub shows a page to confirm in between; here it is confirmed.
 */
export function newApp(
  world: World,
  signIn: SignIn,
  owner: string | undefined,
  body: string,
  url: URL,
): Answer | undefined {
  const manifest = parsed(new URLSearchParams(body).get("manifest") ?? "");
  if (!isRecord(manifest)) return undefined;
  const code = secret("").slice(0, 20);
  const who = owner ? account(world, owner, "Organization") : (signIn.browser ?? account(world, "app-owner"));
  signIn.manifests.set(code, { manifest, owner: who });
  const back = new URL(text(manifest, "redirect_url") ?? world.urls.html);
  back.searchParams.set("code", code);
  const state = url.searchParams.get("state");
  if (state) back.searchParams.set("state", state);
  return redirect(back.href);
}
