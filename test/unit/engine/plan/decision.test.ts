import { describe, expect, it } from "vitest";
import {
  blockedBy,
  codeSizes,
  type Decision,
  type Decisions,
  openings,
  satisfiedChange,
} from "../../../../src/engine/plan/decision.ts";
import type { DependencyKey } from "../../../../src/spec/type-rules.ts";
import type { Reason } from "../../../../src/model/plan.ts";
import { box, haveBox, thing, wantBox } from "./toy-types.ts";

const decided = (more: Partial<Decision> = {}): Decision => ({
  resource: wantBox("a"),
  type: box,
  action: "no-op",
  state: {},
  adopts: false,
  changes: [],
  ...more,
});
const changed = (...paths: string[]) => paths.map((path) => ({ path, replaces: false, sensitive: false }));

describe("a child is not made", () => {
  const parentKey = (more: Partial<DependencyKey>) => ({
    ...thing,
    dependencies: { box: { type: "Toy::Box", parent: true, ...more } },
  });
  const own = parentKey({});
  const shared = parentKey({ foreignParent: true });
  const ours = haveBox("a");
  const theirs = haveBox("a", {}, {});

  it.each<[string, Reason | undefined, Partial<Decision>, typeof own, Reason | undefined]>([
    ["in somebody else's", { kind: "foreign" }, {}, own, { kind: "foreign" }],
    ["in somebody else's, shared or not", { kind: "foreign" }, {}, shared, { kind: "foreign" }],
    [
      "in what is only read and not ours",
      { kind: "read-only" },
      { observed: theirs },
      own,
      { kind: "read-only" },
    ],
    ["in what is only read and not there", { kind: "read-only" }, {}, own, { kind: "read-only" }],
  ])("%s", (_what, reason, more, type, expected) => {
    expect(blockedBy(decided({ reason, ...more }), type)).toEqual(expected);
  });

  it("is made in ours, in what is read and shared, and without a parent", () => {
    expect(blockedBy(decided({ reason: { kind: "read-only" }, observed: ours }), own)).toBeUndefined();
    expect(blockedBy(decided({ reason: { kind: "read-only" }, observed: theirs }), shared)).toBeUndefined();
    expect(blockedBy(decided({ reason: { kind: "pending" }, observed: theirs }), own)).toBeUndefined();
    expect(blockedBy(decided(), own)).toBeUndefined();
    expect(blockedBy(undefined, own)).toBeUndefined();
  });
});

describe("what anybody may call", () => {
  const type = { ...box, openBy: ["AuthorizationType", "Auth"] };
  const open = [{ key: "a", what: "GET /a" }];
  const opens = (decision: Partial<Decision> | undefined) => {
    const byKey = new Map(decision === undefined ? [] : [["a", decided({ type, ...decision })]]);
    return openings(open, { byKey, leftovers: [], problems: [] }).opens;
  };

  it.each<[string, Partial<Decision> | undefined, boolean]>([
    ["when it is made", { action: "create", type: box }, true],
    [
      "when who may call it changes",
      { action: "update", changes: changed("Size", "AuthorizationType") },
      true,
    ],
    ["when a part of that changes", { action: "update", changes: changed("Auth.Type") }, true],
    ["not when something else changes", { action: "update", changes: changed("Size", "AuthType") }, false],
    ["not when its type says nothing", { action: "update", type: box, changes: changed("Auth") }, false],
    ["not when it stays", {}, false],
    ["not when the plan does not have it", undefined, false],
  ])("is new %s", (_what, decision, expected) => {
    expect(opens(decision)).toEqual(expected ? ["GET /a"] : []);
  });

  it("is told once each, and not at all for nothing", () => {
    const decisions: Decisions = {
      byKey: new Map([["a", decided({ action: "create" })]]),
      leftovers: [],
      problems: [],
    };
    const several = [...open, ...open, { key: "b", what: "GET /b" }, { key: "c", what: "GET /b" }];
    expect(openings(several, decisions)).toEqual({ open: ["GET /a", "GET /b"], opens: ["GET /a"] });
    expect(openings([], decisions)).toEqual({});
  });
});

describe("the size of code", () => {
  const code = { sha256: "9fQ1", bytes: new Uint8Array(12), files: 2 };
  const sized = { ...box, codeSize: () => 7 };
  const resource = wantBox("a", {}, { code });

  it.each<[string, Partial<Decision>, object]>([
    ["of what is made", { resource, type: sized, action: "create" }, { codeSize: { after: 12, files: 2 } }],
    [
      "of code that changes, with what AWS has",
      {
        resource,
        type: sized,
        action: "update",
        observed: haveBox("a"),
        changes: changed("Size", "CodeSha256"),
      },
      { codeSize: { before: 7, after: 12, files: 2 } },
    ],
    [
      "of code that changes, where AWS does not tell",
      { resource, action: "update", observed: haveBox("a"), changes: changed("CodeSha256") },
      { codeSize: { after: 12, files: 2 } },
    ],
    ["not where other things change", { resource, action: "update", changes: changed("Size") }, {}],
    ["not where there is no code", { action: "create" }, {}],
  ])("is told %s", (_what, decision, expected) => {
    expect(codeSizes(decided(decision))).toStrictEqual(expected);
  });
});

it("what AWS makes by itself needs nothing, with the reason", () => {
  const one = { key: "k", type: "t", name: "n", reason: { kind: "auto-deploy", stages: ["s"] } } as const;
  expect(satisfiedChange(one)).toEqual({ ...one, action: "no-op", properties: [], after: [] });
});
