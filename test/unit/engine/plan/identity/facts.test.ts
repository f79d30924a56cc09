import { describe, expect, it } from "vitest";
import {
  changeFacts,
  plannedFacts,
  seenDigest,
  shownFacts,
} from "../../../../../src/engine/plan/identity/facts.ts";
import type { Change, ShownPropertyChange } from "../../../../../src/model/plan.ts";

const size = (before: number, after: number): ShownPropertyChange => ({
  path: "Size",
  before,
  after,
  replaces: false,
  sensitive: false,
});

const change = (more: Partial<Change> = {}): Change => ({
  key: "Toy::Box::a",
  type: "Toy::Box",
  name: "a",
  action: "update",
  id: "id-a",
  properties: [size(1, 2)],
  after: [],
  ...more,
});

const digestOf = (...changes: Change[]): string => seenDigest({ changes });

describe("the facts of a plan", () => {
  it("are the change and each of its properties", () => {
    expect(changeFacts(change(), [size(1, 2), { ...size(1, 2), path: "Colour" }])).toHaveLength(3);
  });

  it("are told whole, in a list each, where what is not there differs from null", () => {
    const [done, ...values] = changeFacts(change(), [{ path: "Size", after: null, replaces: true }]);
    expect(JSON.parse(done ?? "")).toEqual(["Toy::Box::a", "update", ["id-a"], [], [], [], [], []]);
    expect(values.map((one) => JSON.parse(one))).toEqual([
      ["Toy::Box::a", "update", "Size", [], [null], true],
    ]);
    expect(changeFacts(change({ action: "replace", redeploy: true }), [])).toEqual([
      '["Toy::Box::a","redeploy"]',
    ]);
  });

  it("are of the values that the plan does not show, where it has them", () => {
    const masked = { ...size(1, 2), before: "(sensitive)", after: "(sensitive)", sensitive: true };
    const changes = [change({ properties: [masked] }), change({ key: "Toy::Box::gone", action: "delete" })];
    const planned = plannedFacts(changes, new Map([["Toy::Box::a", { changes: [size(1, 2)] }]]));
    expect([...planned]).toEqual(changes.flatMap((one) => changeFacts(one, [size(1, 2)])));
    expect(planned).not.toEqual(shownFacts({ changes }));
  });

  it("are none for what does not change", () => {
    expect([...shownFacts({ changes: [change({ action: "no-op" })] })]).toEqual([]);
  });

  it.each<readonly [string, Partial<Change>]>([
    ["resource", { key: "Toy::Box::b" }],
    ["action", { action: "replace" }],
    ["id", { id: "id-b" }],
    ["reason", { reason: { kind: "read-only" } }],
    ["consequence", { consequence: "a is gone" }],
    ["protection", { protection: { loses: "its items", allowed: true } }],
    ["adoption", { adopts: true }],
    ["parent", { withParent: true }],
    ["value before", { properties: [size(0, 2)] }],
    ["value after", { properties: [size(1, 3)] }],
    ["path", { properties: [{ ...size(1, 2), path: "Colour" }] }],
    ["replacement by a property", { properties: [{ ...size(1, 2), replaces: true }] }],
    ["absence of a value", { properties: [{ ...size(1, 2), before: undefined }] }],
  ])("tell another %s", (_what, more) => {
    expect(digestOf(change(more))).not.toBe(digestOf(change()));
  });

  it("tell a value that is null from none", () => {
    const [set, unset] = [null, undefined].map((before) =>
      digestOf(change({ properties: [{ ...size(1, 2), before }] })),
    );
    expect(set).not.toBe(unset);
  });

  it("do not depend on the order, on where the spec says it, or on what it waits for", () => {
    const other = change({ key: "Toy::Box::b" });
    expect(digestOf(change(), other)).toBe(
      digestOf(other, change({ after: ["Toy::Box::b"], at: { file: "resources.js", line: 1, column: 1 } })),
    );
  });

  it("say a redeployment once, whatever it deploys", () => {
    const first = change({ action: "replace", redeploy: true });
    expect(digestOf(first)).toBe(digestOf({ ...first, id: "id-b", properties: [size(7, 8)] }));
    expect(digestOf(first)).not.toBe(digestOf({ ...first, key: "Toy::Box::b" }));
    expect(digestOf(first)).not.toBe(digestOf(change({ action: "replace" })));
  });

  it("are the same after a plan was stored", () => {
    const stored = change({ reason: { kind: "failed" }, properties: [{ ...size(1, 2), before: undefined }] });
    expect(digestOf(JSON.parse(JSON.stringify(stored)))).toBe(digestOf(stored));
  });
});
