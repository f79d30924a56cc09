/** What happens to a resource that is there, and why. */
import { describe, expect, it } from "vitest";
import { type Judged, judgeLive } from "../../../../src/engine/plan/judge.ts";
import { protectionOf } from "../../../../src/engine/plan/protection.ts";
import type { Readiness, ResourceType, Wait } from "../../../../src/resources/type.ts";
import { box, haveBox, wantBox } from "./toy-types.ts";

const { live } = haveBox("a", { Size: 1, Fixed: 1 });
const state = live.state;

function judged(type: Partial<ResourceType>, more: Partial<Judged> = {}) {
  const whole = { ...box, ...type };
  return judgeLive({
    resource: wantBox("a"),
    type: whole,
    live,
    state,
    used: [],
    allowDeletion: new Set(),
    ...more,
  });
}

const waiting = (readiness: Readiness, more: Partial<Wait> = {}): Partial<ResourceType> => ({
  wait: { readiness: () => readiness, awaiting: () => "it", deadlineMs: 1, ...more },
});
const bigger = { state: { ...state, Size: 2 } };
const other = { state: { ...state, Fixed: 2 } };
const anew: Partial<ResourceType> = { renews: () => [{ path: "Target", before: "t", after: "t" }] };
const size = { path: "Size", before: 1, after: 2, replaces: false, sensitive: false };
const fixed = { path: "Fixed", before: 1, after: 2, replaces: true, sensitive: false };
const target = { path: "Target", before: "t", after: "t", replaces: false, sensitive: false };

describe("a resource that is there", () => {
  it.each<[string, Partial<ResourceType>, Partial<Judged>, object]>([
    ["stays when nothing differs", {}, {}, { action: "no-op", changes: [] }],
    ["is updated when something differs", {}, bigger, { action: "update", changes: [size] }],
    [
      "is replaced when what differs cannot be changed",
      {},
      other,
      { action: "replace", changes: [fixed], reason: { kind: "create-only", path: "Fixed" } },
    ],
    [
      "is replaced with its parent, whatever else is to be said",
      waiting("failed"),
      { ...other, replacedParent: "Toy::Box::p" },
      { action: "replace", changes: [fixed], reason: { kind: "parent-replaced", key: "Toy::Box::p" } },
    ],
    [
      "is replaced when AWS failed to make it",
      waiting("failed"),
      bigger,
      { action: "replace", changes: [size], reason: { kind: "failed" } },
    ],
    [
      "is replaced with AWS's reason",
      waiting("failed", { why: ({ id }) => `${id}: no room` }),
      {},
      { action: "replace", changes: [], reason: { kind: "failed", why: "id-a: no room" } },
    ],
    [
      "is replaced without a reason where AWS gives none",
      waiting("failed", { why: () => "" }),
      {},
      { action: "replace", changes: [], reason: { kind: "failed" } },
    ],
    [
      "stays when only a part of it failed and nothing differs",
      waiting("failed", { failsInPart: true }),
      {},
      { action: "no-op", changes: [] },
    ],
    [
      "is waited for when it is half-made",
      waiting("pending"),
      bigger,
      { action: "update", changes: [size], reason: { kind: "pending" } },
    ],
    ["is as any other when it is ready", waiting("ready"), bigger, { action: "update", changes: [size] }],
    [
      "is set again when what it names was made anew",
      anew,
      bigger,
      { action: "update", changes: [size, target], reason: { kind: "renewed", path: "Target" } },
    ],
  ])("%s", (_what, type, more, expected) => {
    expect(judged(type, more)).toEqual({ redeploy: false, problems: [], ...expected });
  });

  it("that failed without a reason has none", () => {
    expect(judged(waiting("failed")).reason).toStrictEqual({ kind: "failed" });
  });

  it.each<[string, Judged["state"], boolean]>([
    ["only what it serves", { ...state, Served: "new" }, true],
    ["something else too", { ...state, Served: "new", Fixed: 2 }, false],
    ["nothing", { ...state, Served: "old" }, false],
  ])("is deployed again when %s differs", (_what, desired, redeploy) => {
    const serves = { types: [], needs: "", ignores: [], callers: "", property: "Served" };
    const verdict = judged(
      { serves, createOnly: ["Served", "Fixed"] },
      { live: { ...live, state: { ...state, Served: "old" } }, state: desired },
    );
    expect(verdict.redeploy).toBe(redeploy);
  });

  it("that is waited for or set again keeps what AWS cannot take away, and says so", () => {
    const kept = { live: { ...live, state: { ...state, Once: "x" } } };
    for (const type of [{}, waiting("pending"), anew]) {
      const { problems } = judged({ cannotClear: ["Once"], ...type }, kept);
      expect(problems.map(({ code, message }) => [code, message])).toEqual([
        [
          "PROPERTY_CANNOT_BE_CLEARED",
          "Toy::Box::a keeps its Once: AWS has no way to remove it once it is set",
        ],
      ]);
    }
  });
});

describe("a protected resource", () => {
  const guarded = { protected: "its items" };

  it("is not replaced unless that is allowed", () => {
    const { problems, protection } = judged(guarded, other);
    expect(protection).toEqual({ loses: "its items", allowed: false });
    expect(problems.map(({ code, message }) => [code, message])).toEqual([
      ["DELETION_PROTECTED", "Toy::Box::a (id-a) would be replaced, which loses its items"],
    ]);
    const allowed = judged(guarded, { ...other, allowDeletion: new Set(["a"]) });
    expect([allowed.problems, allowed.protection]).toEqual([[], { loses: "its items", allowed: true }]);
  });

  it("loses nothing when AWS could not make it, and when it is only changed", () => {
    for (const verdict of [judged({ ...guarded, ...waiting("failed") }), judged(guarded, bigger)])
      expect([verdict.problems, verdict.protection]).toEqual([[], undefined]);
  });

  it.each<[string, string, Partial<ResourceType>, boolean]>([
    ["by its name", "Größe", {}, true],
    ["by its key", "Toy::Box::Größe", {}, true],
    ["by its name in another form of Unicode", "Größe".normalize("NFD"), {}, true],
    ["not by another spelling", "größe", {}, false],
    [
      "by another spelling where AWS knows no case",
      "GRÖSSE".replace("SS", "ß"),
      { caselessName: true },
      true,
    ],
    ["not by what only capitals make equal", "GRÖSSE", { caselessName: true }, false],
    ["not by the key of another type", "Toy::Thing::Größe", {}, false],
    ["not by a part of its name", "Größ", {}, false],
  ])("may go %s", (_what, allowed, more, expected) => {
    const type = { ...box, ...guarded, ...more };
    expect(protectionOf(type, { name: "Größe" }, new Set(["other", allowed]))?.allowed).toBe(expected);
  });

  it("is none of a type that is not protected or not known", () => {
    expect(protectionOf(box, { name: "a" }, new Set(["a"]))).toBeUndefined();
    expect(protectionOf(undefined, { name: "a" }, new Set(["a"]))).toBeUndefined();
  });
});
