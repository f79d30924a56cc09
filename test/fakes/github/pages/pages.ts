import type { Answer } from "../http/call.ts";
import type { SignIn } from "../state/sign-in.ts";
import type { World } from "../state/world.ts";

export interface PageRequest {
  readonly method: string;
  readonly url: URL;
  readonly body: string;
  readonly accept: string;
}

/** What GitHub shows in a browser; `undefined` when there is no such page here. */
export function openPage(_world: World, _signIn: SignIn, _request: PageRequest): Answer | undefined {
  return undefined;
}
