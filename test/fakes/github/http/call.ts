import type { Json } from "../json.ts";
import type { Account, Actor, App, Repository, Role } from "../state/types.ts";
import type { Token, World } from "../state/world.ts";
import type { Delivery } from "../hooks/deliver.ts";
import type { SignIn } from "../state/sign-in.ts";

/** Who a request comes from: a token, an App by its JWT or its client secret, or nobody. */
export type Caller =
  | { readonly kind: "token"; readonly value: string; readonly token: Token }
  | { readonly kind: "jwt"; readonly app: App }
  | { readonly kind: "client"; readonly app: App }
  | { readonly kind: "anonymous" };

/** One request, understood: its route, who asks, what was sent. */
export interface Call {
  readonly world: World;
  readonly deliveries: Delivery[];
  readonly redeliver: (delivery: Delivery) => void;
  readonly signIn: SignIn;
  readonly caller: Caller;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly body: Json | undefined;
  readonly accept: string;
  /** The address asked for, to make `Link` headers from. */
  readonly url: URL;
}

export interface Answer {
  readonly status: number;
  readonly body?: Json | undefined;
  /** Bytes instead of JSON. */
  readonly raw?: { readonly type: string; readonly content: Buffer };
  readonly headers?: Readonly<Record<string, string>>;
}

/** `issues:write`; of a list, one is enough. */
export type Needs = string | readonly string[];

/** An operation of GitHub's description: what it needs and what it does. */
export type Operation =
  | {
      readonly on: "repository";
      readonly needs: Needs;
      readonly role: Role;
      readonly handle: (call: Call, repository: Repository) => Answer;
    }
  | { readonly on: "app"; readonly handle: (call: Call, app: App) => Answer }
  | { readonly on: "client"; readonly handle: (call: Call, app: App) => Answer }
  | { readonly on: "user"; readonly handle: (call: Call, account: Account) => Answer }
  | { readonly on: "anyone"; readonly needs?: Needs; readonly handle: (call: Call) => Answer };

export type Operations = Readonly<Record<string, Operation>>;

/**
 * An operation on a repository. `needs` is what an App's token must be permitted; `role` is what a person
 * must be in the repository, by default the role of the same name.
 */
export function onRepository(
  needs: Needs,
  handle: (call: Call, repository: Repository) => Answer,
  role: Role = String(needs).includes(":write") ? "write" : "read",
): Operation {
  return { on: "repository", needs, role, handle };
}

export const ok = (body: Json): Answer => ({ status: 200, body });
export const created = (body: Json): Answer => ({ status: 201, body });
export const noContent = (): Answer => ({ status: 204 });

/** Who the change is by. Routes that change something are not open to anonymous callers. */
export function actorOf(call: Call): Actor {
  if (call.caller.kind === "jwt" || call.caller.kind === "client")
    return { account: call.caller.app.bot, app: call.caller.app };
  if (call.caller.kind === "anonymous") throw new Error("a change by an anonymous caller");
  const { token } = call.caller;
  if (token.kind === "installation")
    return { account: token.installation.app.bot, app: token.installation.app };
  return token.kind === "user" ? { account: token.account } : { account: token.account, app: token.app };
}
