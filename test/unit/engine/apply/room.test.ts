import { describe, expect, it } from "vitest";
import { roomMakers } from "../../../../src/engine/apply/room.ts";
import type { Step } from "../../../../src/engine/plan/planning.ts";

const step = (id: string, waitsFor: readonly string[] = [], type = "Test::Box"): Step => ({
  id,
  operation: id.startsWith("create") ? "create" : "delete",
  key: id.split(" ")[1] ?? "",
  type,
  name: id,
  waitsFor,
});

describe("what makes room for a create that found its quota used up", () => {
  const create = step("create new");

  it("is each deletion of the same kind that does not wait for it", () => {
    const steps = [
      create,
      step("delete a"),
      step("delete moved", ["create user"]),
      step("create user", ["create new"], "Test::Thing"),
      step("delete other", [], "Test::Thing"),
    ];
    expect(roomMakers(create, steps, new Set())).toEqual(["delete a"]);
  });

  it("is nothing that was through before the step began", () => {
    expect(roomMakers(create, [create, step("delete a")], new Set(["delete a"]))).toEqual([]);
  });

  it("is nothing for an update or a deletion", () => {
    expect(roomMakers(step("delete b"), [step("delete b"), step("delete a")], new Set())).toEqual([]);
  });

  it("is found where sixty layers of steps wait for one another", () => {
    const layer = (depth: number, side: string): Step =>
      step(
        `delete ${side}${depth}`,
        depth === 0 ? [] : [`delete l${depth - 1}`, `delete r${depth - 1}`],
        depth === 60 ? "Test::Box" : "Test::Thing",
      );
    const layers = Array.from({ length: 61 }, (_, depth) => [layer(depth, "l"), layer(depth, "r")]).flat();
    expect(roomMakers(create, [create, ...layers], new Set())).toEqual(["delete l60", "delete r60"]);
  });
});
