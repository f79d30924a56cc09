/** Sessions, stored only in the browser as sealed cookies; the bot stores nothing about people. */
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import type { CookieOptions } from "hono/utils/cookie";
import { at, number, text } from "../../../src/github/json.ts";
import type { Call } from "../web/context.ts";
import type { Seal } from "./seal.ts";

export interface Session {
  readonly login: string;
  readonly userId: number;
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
  setSession(call: Call, session: Session, now: number): Promise<void>;
  setPending(call: Call, pending: Pending, now: number): Promise<void>;
  clear(call: Call, purpose: Purpose): void;
}

/** `secure`: the pages are served over https; the cookies then cannot be set from another origin. */
export function createCookies(seal: Seal, secure: boolean): Cookies {
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
  return {
    async session(call, now) {
      const value = await open(call, "session", now);
      const session = {
        login: text(at(value, "login")),
        userId: number(at(value, "userId")),
        token: text(at(value, "token")),
      };
      return session.token === "" ? undefined : session;
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
    setSession: (call, session, now) => set(call, "session", session, now),
    setPending: (call, pending, now) => set(call, "pending", pending, now),
    clear: (call, purpose) => void deleteCookie(call, NAMES[purpose], attributes),
  };
}
