import type { Json } from "../json.ts";
import type { Account, App } from "./types.ts";

/** A sign-in under way: GitHub remembers what the code it gave stands for. */
export interface Code {
  readonly app: App;
  readonly account: Account;
  readonly redirectUri: string | undefined;
  /** PKCE: the digest that the verifier must have. */
  readonly challenge: string | undefined;
  readonly expiresAt: Date;
}

/** What the browser side of GitHub keeps: who is signed in, codes, refresh tokens, manifests. */
export interface SignIn {
  /** Whom the browser is signed in as; without one the page asks. */
  browser: Account | undefined;
  readonly codes: Map<string, Code>;
  readonly refreshTokens: Map<string, { readonly app: App; readonly account: Account }>;
  readonly manifests: Map<
    string,
    { readonly manifest: Readonly<Record<string, Json>>; readonly owner: Account }
  >;
}

/** Nobody is signed in. */
export function createSignIn(): SignIn {
  return { browser: undefined, codes: new Map(), refreshTokens: new Map(), manifests: new Map() };
}
