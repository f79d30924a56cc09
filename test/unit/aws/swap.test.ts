import { describe, expect, it } from "vitest";
import { swap } from "../../../src/aws/swap.ts";

/** A shelf with room for so much; each thing takes the room that its name says: `a3`. */
function shelf(room: number, things: readonly string[]) {
  const kept = new Set(things);
  const done: string[] = [];
  const size = (thing: string): number => Number(thing.slice(1));
  return {
    done,
    kept,
    async add(thing: string) {
      const others = [...kept].filter((one) => one[0] !== thing[0]);
      if ([...others, thing].reduce((sum, one) => sum + size(one), 0) > room)
        throw Object.assign(new Error("Cannot exceed quota"), { name: "LimitExceededException" });
      for (const one of [...kept]) if (one[0] === thing[0]) kept.delete(one);
      kept.add(thing);
      done.push(`+${thing}`);
    },
    async remove(thing: string) {
      kept.delete(thing);
      done.push(`-${thing}`);
    },
  };
}

describe("a swap", () => {
  it("adds first where there is room", async () => {
    const { add, remove, done } = shelf(3, ["a1", "b1"]);
    await swap({ coming: ["c1"], going: ["a1"], add, remove });
    expect(done).toEqual(["+c1", "-a1"]);
  });

  it("makes room where there is none, one by one", async () => {
    const { add, remove, done } = shelf(3, ["a1", "b1", "c1"]);
    await swap({ coming: ["d1", "e1"], going: ["a1", "b1"], add, remove });
    expect(done).toEqual(["-a1", "+d1", "-b1", "+e1"]);
  });

  it("lets what shrinks go before what grows", async () => {
    const { add, remove, done } = shelf(4, ["a1", "b3"]);
    await swap({ coming: ["a3", "b1"], going: [], add, remove });
    expect(done).toEqual(["+b1", "+a3"]);
  });

  it("ends with the quota's error when nothing makes room, and removes nothing that stays", async () => {
    const { add, remove, kept } = shelf(2, ["a1", "b1"]);
    await expect(swap({ coming: ["c1", "d1"], going: [], add, remove })).rejects.toThrow("quota");
    expect([...kept]).toEqual(["a1", "b1"]);
  });

  it("throws every other error at once", async () => {
    const { remove, done } = shelf(2, ["a1"]);
    const add = async (): Promise<void> => {
      throw Object.assign(new Error("no"), { name: "AccessDeniedException" });
    };
    await expect(swap({ coming: ["c1"], going: ["a1"], add, remove })).rejects.toThrow("no");
    expect(done).toEqual([]);
  });
});
