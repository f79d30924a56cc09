import type { IncomingMessage } from "node:http";
import { describe, expect, test } from "vitest";
import { createSeal } from "../../../../../bot/http/auth/seal.ts";
import { createCookies, PENDING_MS, SESSION_MS } from "../../../../../bot/http/auth/session.ts";

const seal = createSeal("client secret");
const NOW = 1_000_000;
const session = { login: "ana", userId: 7, token: "ghu_secret" };

/** What a browser sends back for `Set-Cookie` lines. */
function sent(...lines: readonly string[]): IncomingMessage {
  const cookie = lines.map((line) => line.split(";")[0]).join("; ");
  return { headers: { cookie: `other=1; ${cookie}` } } as IncomingMessage;
}

describe("a seal", () => {
  test("opens what it sealed, until its time is over", () => {
    const text = seal.seal("session", { a: 1 }, NOW);
    expect(seal.open("session", text, NOW - 1)).toEqual({ a: 1 });
    expect(seal.open("session", text, NOW)).toBeUndefined();
  });

  test("shows nothing of what is inside", () => {
    const text = seal.seal("session", session, NOW);
    expect(Buffer.from(text, "base64url").toString("latin1")).not.toContain("ghu_");
    expect(seal.seal("session", session, NOW)).not.toBe(text);
  });

  test("is broken by another purpose, another secret, and any changed byte", () => {
    const text = seal.seal("session", session, NOW);
    expect(seal.open("pending", text, 0)).toBeUndefined();
    expect(createSeal("another secret").open("session", text, 0)).toBeUndefined();
    const bytes = Buffer.from(text, "base64url");
    for (let index = 0; index < bytes.length; index += 1) {
      const forged = Buffer.from(bytes);
      forged[index] = (forged[index] ?? 0) ^ 1;
      expect(seal.open("session", forged.toString("base64url"), 0)).toBeUndefined();
    }
  });

  test.each(["", "x", "a".repeat(100), "%%%"])("takes %j for nothing", (text) => {
    expect(seal.open("session", text, 0)).toBeUndefined();
  });
});

describe("cookies", () => {
  test("bring a session back for an hour", () => {
    const cookies = createCookies(seal, false);
    const request = sent(cookies.setSession(session, NOW));
    expect(cookies.session(request, NOW)).toEqual(session);
    expect(cookies.session(request, NOW + SESSION_MS)).toBeUndefined();
  });

  test("of one kind are not taken for the other", () => {
    const cookies = createCookies(seal, false);
    const line = cookies.setPending({ state: "s", verifier: "v", to: "/runs" }, NOW);
    expect(cookies.pending(sent(line), NOW)).toEqual({ state: "s", verifier: "v", to: "/runs" });
    expect(cookies.pending(sent(line), NOW + PENDING_MS)).toBeUndefined();
    expect(cookies.session(sent(line.replace("gatewright-sign-in", "gatewright")), NOW)).toBeUndefined();
  });

  test("are out of reach of scripts and other sites, and of http where pages are https", () => {
    expect(createCookies(seal, false).setSession(session, NOW)).toMatch(
      /^gatewright=[\w-]+; Max-Age=3600; Path=\/; HttpOnly; SameSite=Lax$/,
    );
    expect(createCookies(seal, true).setSession(session, NOW)).toMatch(
      /^__Host-gatewright=[\w-]+; Max-Age=3600; Path=\/; HttpOnly; SameSite=Lax; Secure$/,
    );
    expect(createCookies(seal, true).clearSession()).toMatch(/^__Host-gatewright=; Max-Age=0; .*Secure$/);
  });
});
