import { Hono } from "hono";
import { describe, expect, test } from "vitest";
import { createSeal } from "../../../../../bot/http/auth/seal.ts";
import { createMemoryStore } from "../../../../fakes/store.ts";
import { type Cookies, createCookies, PENDING_MS, SESSION_MS } from "../../../../../bot/http/auth/session.ts";
import type { Call, Env } from "../../../../../bot/http/web/context.ts";

const seal = createSeal("client secret");
const NOW = 1_000_000;
const session = { login: "ana", userId: 7, token: "ghu_secret" };
const pending = { state: "s", verifier: "v", to: "/runs" };

/** Does something with the cookies of a request, and gives the `Set-Cookie` lines of its answer. */
async function during(cookie: string, act: (call: Call) => unknown): Promise<readonly string[]> {
  const app = new Hono<Env>().get("/", async (call) => {
    await act(call);
    return call.body(null);
  });
  return (await app.request("/", { headers: { cookie } })).headers.getSetCookie();
}

/** What a browser sends back for `Set-Cookie` lines. */
const sent = (lines: readonly string[]): string =>
  `other=1; ${lines.map((line) => line.split(";")[0]).join("; ")}`;

async function found(
  cookies: Cookies,
  purpose: "session" | "pending",
  cookie: string,
  now: number,
): Promise<unknown> {
  let value: unknown;
  await during(cookie, async (call) => {
    value = await cookies[purpose](call, now);
  });
  return value;
}

describe("a seal", () => {
  test("opens what it sealed, until its time is over", async () => {
    const text = await seal.seal("session", { a: 1 }, NOW);
    expect(await seal.open("session", text, NOW - 1)).toEqual({ a: 1 });
    expect(await seal.open("session", text, NOW)).toBeUndefined();
  });

  test("shows nothing of what is inside", async () => {
    const text = await seal.seal("session", session, NOW);
    for (const part of text.split("*"))
      expect(Buffer.from(part, "base64url").toString("latin1")).not.toContain("ghu_");
    expect(await seal.seal("session", session, NOW)).not.toBe(text);
  });

  test("is broken by another purpose, another secret, and any changed character", async () => {
    const text = await seal.seal("session", session, NOW);
    expect(await seal.open("pending", text, 0)).toBeUndefined();
    expect(await createSeal("another secret").open("session", text, 0)).toBeUndefined();
    for (let index = 0; index < text.length; index += 1) {
      const other = text[index] === "A" ? "B" : "A";
      const forged = text.slice(0, index) + other + text.slice(index + 1);
      expect(await seal.open("session", forged, 0)).toBeUndefined();
    }
  });

  test.each(["", "x", "a".repeat(100), "%%%"])("takes %j for nothing", async (text) => {
    expect(await seal.open("session", text, 0)).toBeUndefined();
  });
});

describe("cookies", () => {
  const store = createMemoryStore();
  const cookies = createCookies({ seal, secure: false, store });

  test("bring a session back for an hour", async () => {
    const cookie = sent(await during("", (call) => cookies.setSession(call, session, NOW)));
    expect(await found(cookies, "session", cookie, NOW)).toMatchObject(session);
    expect(await found(cookies, "session", cookie, NOW + SESSION_MS)).toBeUndefined();
  });

  test("of a session that its owner ended open nothing, wherever a copy of them is", async () => {
    const copied = sent(await during("", (call) => cookies.setSession(call, session, NOW)));
    const other = sent(await during("", (call) => cookies.setSession(call, session, NOW)));
    const [line] = await during(copied, (call) => cookies.endSession(call, NOW));
    expect(line).toMatch(/^gatewright=; Max-Age=0/);
    expect(await found(cookies, "session", copied, NOW)).toBeUndefined();
    expect(await found(cookies, "session", other, NOW)).toMatchObject(session);
    const replica = createCookies({ seal, secure: false, store });
    expect(await found(replica, "session", copied, NOW)).toBeUndefined();
  });

  test("of one kind are not taken for the other", async () => {
    const cookie = sent(await during("", (call) => cookies.setPending(call, pending, NOW)));
    expect(await found(cookies, "pending", cookie, NOW)).toEqual(pending);
    expect(await found(cookies, "pending", cookie, NOW + PENDING_MS)).toBeUndefined();
    const renamed = cookie.replace("gatewright-sign-in", "gatewright");
    expect(await found(cookies, "session", renamed, NOW)).toBeUndefined();
  });

  test("are out of reach of scripts and other sites, and of http where pages are https", async () => {
    const secure = createCookies({ seal, secure: true, store });
    const attributes = "Max-Age=3600; Path=/; HttpOnly";
    expect(await during("", (call) => cookies.setSession(call, session, NOW))).toEqual([
      expect.stringMatching(new RegExp(`^gatewright=[^;]+; ${attributes}; SameSite=Lax$`)),
    ]);
    const [line = ""] = await during("", (call) => secure.setSession(call, session, NOW));
    expect(line).toMatch(new RegExp(`^__Host-gatewright=[^;]+; ${attributes}; Secure; SameSite=Lax$`));
    expect(await found(secure, "session", sent([line]), NOW)).toMatchObject(session);
    expect(await during("", (call) => secure.clear(call, "session"))).toEqual([
      expect.stringMatching(/^__Host-gatewright=; Max-Age=0; .*Secure/),
    ]);
  });
});
