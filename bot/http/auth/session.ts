/** Who is signed in: kept in the browser's cookie alone, sealed; nothing about people is stored here. */
import type { IncomingMessage } from "node:http";
import { at, number, text } from "../../../src/github/json.ts";
import type { Seal } from "./seal.ts";

export interface Session {
  readonly login: string;
  readonly userId: number;
  /** Reads what both the person and the App may read. */
  readonly token: string;
}

/** A sign-in under way. */
export interface Pending {
  readonly state: string;
  readonly verifier: string;
  /** The page that was wanted. */
  readonly to: string;
}

/** GitHub signs a known person in again without a question, so sessions can be short. */
export const SESSION_MS = 3_600_000;
export const PENDING_MS = 600_000;

export interface Cookies {
  session(request: IncomingMessage, now: number): Session | undefined;
  pending(request: IncomingMessage, now: number): Pending | undefined;
  setSession(session: Session, now: number): string;
  setPending(pending: Pending, now: number): string;
  clearSession(): string;
  clearPending(): string;
}

/** `secure`: the pages are reached by https; then the cookies cannot be set from anywhere else. */
export function createCookies(seal: Seal, secure: boolean): Cookies {
  const prefix = secure ? "__Host-" : "";
  const names = { session: `${prefix}gatewright`, pending: `${prefix}gatewright-sign-in` };
  const attributes = `Path=/; HttpOnly; SameSite=Lax${secure ? "; Secure" : ""}`;
  const set = (purpose: keyof typeof names, value: unknown, now: number, length: number): string =>
    `${names[purpose]}=${seal.seal(purpose, value, now + length)}; Max-Age=${length / 1000}; ${attributes}`;
  const clear = (purpose: keyof typeof names): string => `${names[purpose]}=; Max-Age=0; ${attributes}`;
  const open = (purpose: keyof typeof names, request: IncomingMessage, now: number): unknown => {
    const value = cookie(request, names[purpose]);
    return value === undefined ? undefined : seal.open(purpose, value, now);
  };
  return {
    session(request, now) {
      const value = open("session", request, now);
      const session = {
        login: text(at(value, "login")),
        userId: number(at(value, "userId")),
        token: text(at(value, "token")),
      };
      return session.token === "" ? undefined : session;
    },
    pending(request, now) {
      const value = open("pending", request, now);
      const pending = {
        state: text(at(value, "state")),
        verifier: text(at(value, "verifier")),
        to: text(at(value, "to")),
      };
      return pending.state === "" ? undefined : pending;
    },
    setSession: (session, now) => set("session", session, now, SESSION_MS),
    setPending: (pending, now) => set("pending", pending, now, PENDING_MS),
    clearSession: () => clear("session"),
    clearPending: () => clear("pending"),
  };
}

function cookie({ headers }: IncomingMessage, name: string): string | undefined {
  for (const pair of (headers.cookie ?? "").split(";")) {
    const split = pair.indexOf("=");
    if (split > 0 && pair.slice(0, split).trim() === name) return pair.slice(split + 1).trim();
  }
  return undefined;
}
