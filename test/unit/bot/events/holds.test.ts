import { describe, expect, it } from "vitest";
import { sweepHolds } from "../../../../bot/events/holds.ts";
import type { Services } from "../../../../bot/services/services.ts";
import type { Hold } from "../../../../src/model/run.ts";
import { aStack } from "../../../fakes/store.ts";
import { aPull, recorded } from "../gates/recorded.ts";

const since = new Date("2026-01-01T00:00:00Z");
const stack = aStack();
const HOLD: Hold = { stack, pull: 7, login: "ana", sha: "a".repeat(40), since };
const { owner, name } = stack.repository;

/** A server that keeps these holds. What reading a repository's GitHub throws is `broken`, one per hold. */
function server(holds: readonly Hold[], broken: readonly unknown[] = []) {
  const ended: (readonly [number, string])[] = [];
  const warned: unknown[] = [];
  const left = [...broken];
  const { request, asked } = recorded({ "/pulls/{pull_number}": aPull("merged") });
  const services = {
    keepsRecords: true,
    github: async () => {
      const thrown = left.shift();
      if (thrown !== undefined) throw thrown;
      return request;
    },
    store: {
      listHolds: async () => holds,
      holdOf: async (one: Hold["stack"]) => holds.find((hold) => hold.stack === one),
      endHold: async (hold: Hold, how: string) => ended.push([hold.pull, how]),
    },
    log: { warn: (...line: unknown[]) => warned.push(line) },
  } as unknown as Services;
  return { services, asked, ended, warned };
}

describe("looking at the holds after nobody listened", () => {
  it("ends those of pull requests that were merged meanwhile", async () => {
    const { services, ended, warned } = server([HOLD]);
    await sweepHolds(services);
    expect(ended).toEqual([[7, "over"]]);
    expect(warned).toEqual([]);
  });

  it("asks nothing about those that are known to be closed", async () => {
    const { services, asked, ended } = server([{ ...HOLD, closedAt: since }], [new Error("asked")]);
    await sweepHolds(services);
    expect([asked, ended]).toEqual([[], []]);
  });

  it.each([
    ["an error", new Error("502 Bad Gateway"), "502 Bad Gateway"],
    ["anything else that is thrown", "no answer", "no answer"],
  ])("goes on after a repository that cannot be read, and logs which: %s", async (_what, thrown, error) => {
    const { services, ended, warned } = server(
      [HOLD, { ...HOLD, pull: 8, stack: aStack({ stage: "prod" }) }],
      [thrown],
    );
    await sweepHolds(services);
    expect(ended).toEqual([[8, "over"]]);
    expect(warned).toEqual([
      [
        { repository: `${owner}/${name}`, pull: 7, error },
        "could not look at the pull request that holds a stack",
      ],
    ]);
  });
});
