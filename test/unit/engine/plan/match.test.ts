import { describe, expect, it } from "vitest";
import { type Candidate, matchResources } from "../../../../src/engine/plan/match.ts";
import type { Observed } from "../../../../src/engine/read/observed.ts";
import type { Live, ResourceType } from "../../../../src/resources/type.ts";
import { box, haveBox } from "./toy-types.ts";

const want = (name: string): Candidate => ({ key: `key of ${name}`, name, state: {} });
const have = (name: string, ours: boolean, more: Partial<Live> = {}): Observed => {
  const observed = haveBox(name);
  return { ...observed, live: { ...observed.live, ...more }, ours };
};

/** `{key: id}` of the pairs, `{key: ids}` of the ambiguous. */
function matched(desired: Candidate[], live: Observed[], type: Partial<ResourceType> = {}) {
  const { pairs, ambiguous } = matchResources({ ...box, ...type }, desired, live);
  return {
    pairs: Object.fromEntries([...pairs].map(([key, one]) => [key, one.live.id])),
    ambiguous: Object.fromEntries([...ambiguous].map(([key, some]) => [key, some.map((one) => one.live.id)])),
  };
}

describe("resources are paired by name", () => {
  it.each<[string, Observed[], string | undefined]>([
    ["with ours", [have("a", true)], "id-a"],
    ["with somebody else's, where there is no other", [have("a", false)], "id-a"],
    [
      "with ours rather than with somebody else's",
      [have("a", false), have("a", true, { id: "mine" })],
      "mine",
    ],
    ["with nothing of another name", [have("b", true)], undefined],
    ["with nothing of another spelling", [have("A", true)], undefined],
    ["with nothing that is to be deleted anyhow", [have("a", true, { superseded: true })], undefined],
    ["with nothing that AWS manages", [have("a", true, { managed: true })], undefined],
    [
      "past what is to be deleted",
      [have("a", true, { superseded: true }), have("a", true, { id: "new" })],
      "new",
    ],
  ])("%s", (_what, live, id) => {
    expect(matched([want("a"), want("z")], live)).toEqual({
      pairs: id === undefined ? {} : { "key of a": id },
      ambiguous: {},
    });
  });

  it("without case where AWS does not know any", () => {
    expect(matched([want("Orders")], [have("oRDERS", true)], { caselessName: true }).pairs).toEqual({
      "key of Orders": "id-oRDERS",
    });
  });

  it.each([true, false])("and not at all where several have it (ours: %s)", (ours) => {
    const live = [have("a", ours), have("a", ours, { id: "other" }), have("b", ours)];
    expect(matched([want("a"), want("b")], live)).toEqual({
      pairs: { "key of b": "id-b" },
      ambiguous: { "key of a": ["id-a", "other"] },
    });
  });

  it("and only ours are in question where several have it and some are ours", () => {
    const live = [have("a", true), have("a", false, { id: "foreign" }), have("a", true, { id: "other" })];
    expect(matched([want("a")], live).ambiguous).toEqual({ "key of a": ["id-a", "other"] });
  });
});

describe("a type that pairs for itself", () => {
  it("sees all that is wanted and what may be paired, and is believed", () => {
    const seen: unknown[] = [];
    const pair: ResourceType["pair"] = (desired, live) => {
      seen.push(
        desired.map(({ name }) => name),
        live.map(({ id }) => id),
      );
      return new Map(
        desired.slice(0, 2).flatMap((one, index) => (live[index] === undefined ? [] : [[one, live[index]]])),
      );
    };
    const live = [
      have("x", true, { managed: true }),
      have("y", false),
      have("z", true, { superseded: true }),
      have("w", true),
    ];
    expect(matched([want("a"), want("b"), want("c")], live, { pair })).toEqual({
      pairs: { "key of a": "id-y", "key of b": "id-w" },
      ambiguous: {},
    });
    expect(seen).toEqual([
      ["a", "b", "c"],
      ["id-y", "id-w"],
    ]);
  });

  it("cannot pair with what it was not shown", () => {
    const stranger = haveBox("stranger").live;
    const pair: ResourceType["pair"] = (desired) => new Map(desired.map((one) => [one, stranger]));
    expect(matched([want("a")], [have("b", true)], { pair }).pairs).toEqual({});
  });
});
