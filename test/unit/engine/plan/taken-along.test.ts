/** What AWS deletes along with its parent still keeps others in use until then. */
import { describe, expect, it } from "vitest";
import type { ResourceType } from "../../../../src/resources/type.ts";
import { boxA, liveOf, source, waits } from "./toy-steps.ts";

describe("what goes with its parent keeps others in use until the parent is deleted", () => {
  const uses: Partial<ResourceType> = {
    dependencies: { box: { type: "Toy::Box", parent: true }, lamp: { type: "Toy::Lamp" } },
  };
  const lampL = liveOf("Lamp", "lamp-l");
  const inside = source("Thing t", "delete", {
    withParent: true,
    live: liveOf("Thing", "thing-t", { Lamp: "lamp-l" }, "box-a"),
  });
  const lamp = source("Lamp l", "delete", { live: lampL });

  it("so these wait for the parent", () => {
    const sources = [lamp, inside, source("Box a", "delete", { live: boxA })];
    expect(waits(sources, { Thing: uses })).toEqual({
      "delete Lamp l": ["delete Box a"],
      "delete Box a": [],
    });
  });

  it("also where the parent is replaced, and the child is made anew", () => {
    const sources = [
      lamp,
      { ...inside, action: "replace" as const },
      source("Box a", "replace", { live: boxA }),
    ];
    expect(waits(sources, { Thing: uses })["delete Lamp l"]).toEqual(["create Thing t", "delete Box a"]);
  });

  it("also where the parent goes with its own parent", () => {
    const lower = source("User u", "delete", {
      withParent: true,
      live: liveOf("User", "user-u", { Lamp: "lamp-l" }, "thing-t"),
    });
    const types = {
      User: { dependencies: { thing: { type: "Toy::Thing", parent: true }, lamp: { type: "Toy::Lamp" } } },
    };
    const quiet = { ...inside, live: liveOf("Thing", "thing-t", {}, "box-a") };
    const sources = [lamp, lower, quiet, source("Box a", "delete", { live: boxA })];
    expect(waits(sources, types)["delete Lamp l"]).toEqual(["delete Box a"]);
  });

  it("but not what it only names", () => {
    const names = {
      dependencies: { ...uses.dependencies, lamp: { type: "Toy::Lamp", keepsInUse: false as const } },
    };
    const sources = [lamp, inside, source("Box a", "delete", { live: boxA })];
    expect(waits(sources, { Thing: names })).toEqual({ "delete Lamp l": [], "delete Box a": [] });
  });

  it("but not where the parent waits for them, or is not deleted", () => {
    const sources = [lamp, inside, source("Box a", "delete", { live: boxA })];
    const first = { Thing: uses, Box: { deletedAfter: ["Toy::Lamp"] } };
    expect(waits(sources, first)).toEqual({ "delete Lamp l": [], "delete Box a": ["delete Lamp l"] });
    expect(waits([lamp, inside, source("Box a", "no-op", { live: boxA })], { Thing: uses })).toEqual({
      "delete Lamp l": [],
    });
  });
});
