import { describe, expect, it } from "vitest";
import { breaksConnection, isTransient, retryTransient } from "../../../../../bot/db/sql/transient.ts";

const coded = (code: string): Error => Object.assign(new Error(code), { code });

describe("an error passes by itself", () => {
  it.each(["57P01", "57P03", "08006", "53300", "ECONNREFUSED", "ECONNRESET", "40001", "40P01"])(
    "%s",
    (code) => {
      expect(isTransient(coded(code))).toBe(true);
    },
  );

  it.each([
    new Error("Connection terminated unexpectedly"),
    new Error("timeout exceeded when trying to connect"),
    new AggregateError([coded("ECONNREFUSED"), coded("ECONNREFUSED")]),
  ])("%s", (error) => {
    expect(isTransient(error)).toBe(true);
  });

  it.each([
    coded("53100"),
    coded("23505"),
    coded("42P01"),
    coded("28P01"),
    new Error("other"),
    "text",
    undefined,
  ])("not: %s", (error) => {
    expect(isTransient(error)).toBe(false);
  });

  it("and may leave the connection whole", () => {
    expect(breaksConnection(coded("57P01"))).toBe(true);
    expect(breaksConnection(coded("40001"))).toBe(false);
    expect(breaksConnection(coded("23505"))).toBe(false);
  });
});

describe("a transient error", () => {
  it("tries again what passes, and nothing else", async () => {
    let tries = 0;
    const answer = await retryTransient(
      async () => {
        tries += 1;
        if (tries < 3) throw coded("57P01");
        return tries;
      },
      { forMs: 5000 },
    );
    expect(answer).toBe(3);
    await expect(retryTransient(() => Promise.reject(coded("23505")), { forMs: 5000 })).rejects.toThrow(
      "23505",
    );
  });

  it("is retried for a while, not for ever", async () => {
    let tries = 0;
    const ill = (): Promise<never> => {
      tries += 1;
      return Promise.reject(coded("57P01"));
    };
    await expect(retryTransient(ill, { forMs: 100 })).rejects.toThrow("57P01");
    expect(tries).toBeGreaterThan(1);
  });
});
