/**
 * Sessions, stored in the browser as sealed cookies. The bot stores nothing about people, but the random numbers of sessions
 * that were ended: a copy of such a cookie opens nothing.
 */
import { randomBytes } from "node:crypto";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import type { CookieOptions } from "hono/utils/cookie";
import { at, number, text } from "../../../src/github/json.ts";
import type { PostedStore } from "../../services/posted.ts";
import type { Call } from "../web/context.ts";
import type { Seal } from "./seal.ts";

export interface Session {
  readonly login: string;
  readonly userId: number;
  /** Random: what is kept of it when it has ended. */
  readonly id: string;
  /** A user access token: reads what both the person and the App may read. */
  readonly token: string;
}

/** A sign-in in progress. */
export interface Pending {
  readonly state: string;
  readonly verifier: string;
  /** The requested page. */
  readonly to: string;
}

/** GitHub signs a known person in again without asking, so sessions can be short. */
export const SESSION_MS = 3_600_000;
export const PENDING_MS = 600_000;

const NAMES = { session: "gatewright", pending: "gatewright-sign-in" } as const;
const LENGTHS = { session: SESSION_MS, pending: PENDING_MS } as const;
type Purpose = keyof typeof NAMES;

export interface Cookies {
  session(call: Call, now: number): Promise<Session | undefined>;
  pending(call: Call, now: number): Promise<Pending | undefined>;
  /** The setters add cookies to the call's response. */
  setSession(call: Call, session: Omit<Session, "id">, now: number): Promise<void>;
  /** Ends the call's session, wherever its cookie is. */
  endSession(call: Call, now: number): Promise<void>;
  setPending(call: Call, pending: Pending, now: number): Promise<void>;
  clear(call: Call, purpose: Purpose): void;
}

interface CookieParts {
  readonly seal: Seal;
  /** The pages are served over https; the cookies then cannot be set from another origin. */
  readonly secure: boolean;
  readonly store: Pick<PostedStore, "getPosted" | "setPosted">;
}

export function createCookies({ seal, secure, store }: CookieParts): Cookies {
  const prefix = secure ? "host" : undefined;
  const attributes: CookieOptions = {
    path: "/",
    httpOnly: true,
    sameSite: "Lax",
    ...(secure ? { secure, prefix: "host" } : {}),
  };
  const set = async (call: Call, purpose: Purpose, value: unknown, now: number): Promise<void> => {
    const length = LENGTHS[purpose];
    const sealed = await seal.seal(purpose, value, now + length);
    setCookie(call, NAMES[purpose], sealed, { ...attributes, maxAge: length / 1000 });
  };
  const open = async (call: Call, purpose: Purpose, now: number): Promise<unknown> => {
    const value = getCookie(call, NAMES[purpose], prefix);
    return value === undefined ? undefined : seal.open(purpose, value, now);
  };
  const ended = (id: string) => ({ repositoryId: 0, kind: "signed-out", key: id }) as const;
  const sessionOf = async (call: Call, now: number): Promise<Session | undefined> => {
    const value = await open(call, "session", now);
    const session = {
      id: text(at(value, "id")),
      login: text(at(value, "login")),
      userId: number(at(value, "userId")),
      token: text(at(value, "token")),
    };
    return session.token === "" || session.id === "" ? undefined : session;
  };
  return {
    async session(call, now) {
      const session = await sessionOf(call, now);
      if (session === undefined) return undefined;
      return (await store.getPosted(ended(session.id))) === undefined ? session : undefined;
    },
    async endSession(call, now) {
      const session = await sessionOf(call, now);
      if (session !== undefined) await store.setPosted(ended(session.id), session.userId);
      deleteCookie(call, NAMES.session, attributes);
    },
    async pending(call, now) {
      const value = await open(call, "pending", now);
      const pending = {
        state: text(at(value, "state")),
        verifier: text(at(value, "verifier")),
        to: text(at(value, "to")),
      };
      return pending.state === "" ? undefined : pending;
    },
    setSession: (call, session, now) =>
      set(call, "session", { ...session, id: randomBytes(16).toString("base64url") }, now),
    setPending: (call, pending, now) => set(call, "pending", pending, now),
    clear: (call, purpose) => void deleteCookie(call, NAMES[purpose], attributes),
  };
}
