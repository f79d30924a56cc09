import { describe, expect, it } from "vitest";
import { firstClosed, nextStep } from "../../../../src/report/markdown/gates.ts";

const gate = (name: string, passed: boolean | undefined) => ({
  gate: name,
  passed,
  state: "",
  next: `fix ${name}`,
});

describe("the next step", () => {
  it.each([
    {
      closed: ["approved", "plan-current"],
      first: "plan-current",
      why: "an approval of an old plan is void",
    },
    { closed: ["approved", "checks", "up-to-date"], first: "up-to-date", why: "a new head wants all anew" },
    { closed: ["unlocked", "permission"], first: "permission", why: "somebody else has to do the rest" },
    { closed: ["approved", "checks"], first: "checks", why: "nobody likes to approve what is red" },
    { closed: ["unlocked", "a new one"], first: "unlocked", why: "what is not known comes last" },
  ])("of $closed is $first: $why", ({ closed, first }) => {
    expect(firstClosed(closed.map((name) => gate(name, false)))?.gate).toBe(first);
  });

  it("is that of a closed gate before one that was not looked at", () => {
    expect(nextStep([gate("permission", undefined), gate("unlocked", false)])).toBe("fix unlocked");
    expect(nextStep([gate("checks", undefined), gate("unlocked", true)])).toBe("fix checks");
  });

  it("is none when every gate is open", () => {
    expect(nextStep([gate("checks", true)])).toBeUndefined();
  });
});
