/** Dashboards through the engine: bodies by meaning, messages of a 200, and whose one is that has no region. */
import { expect, it } from "vitest";
import type { JsonObject, JsonValue } from "../../../../src/model/values.ts";
import { changesOf, engineOnFake, failuresOf, memorySource } from "../../../integration/harness.ts";
import { entry } from "../../../type-examples/beside.ts";
import { specText } from "../../../integration/random-stack.ts";

const spec = (DashboardBody: JsonValue) => ({
  "resources.js": specText({
    entries: [entry("CloudWatch", "Dashboard", { DashboardName: "shop", DashboardBody })],
    files: {},
  }),
});
const text = (markdown: string, more: JsonObject = {}): JsonObject => ({
  widgets: [{ type: "text", properties: { markdown }, ...more }],
});
const NOTHING = { "resources.js": "exports.createResources = () => [];" };

it("a body as text, with its members in another order, is the same", async () => {
  const { engine, callsOf } = engineOnFake();
  await engine.apply(spec(text("Hello", { x: 0, y: 0 })));
  const other =
    '{ "widgets": [ { "y": 0, "x": 0, "properties": { "markdown": "Hello" }, "type": "text" } ] }';
  expect(changesOf(await engine.plan(spec(other)))).toEqual([]);
  expect(changesOf(await engine.plan(spec(text("Bye", { x: 0, y: 0 }))))).toHaveLength(1);
  expect(callsOf("PutDashboard")).toHaveLength(1);
});

it("AWS answers 200 with messages: what it kept is made, what it did not keep has failed with them", async () => {
  const { engine, fake } = engineOnFake();
  const doubtful = { widgets: [{ type: "chart" }] };
  expect(failuresOf(await engine.apply(spec(doubtful)))).toEqual([]);
  expect(changesOf(await engine.plan(spec(doubtful)))).toEqual([]);
  const applied = await engine.apply(spec({ widgets: [{ x: 1 }] }));
  expect(JSON.stringify(failuresOf(applied))).toContain("/widgets/0/type: Should have required property");
  expect(fake.keys()).toContain("shop");
});

it("what AWS would refuse is refused by the plan", async () => {
  const { engine } = engineOnFake();
  const many = { widgets: Array.from({ length: 501 }, () => ({ type: "text" })) };
  await expect(engine.plan(spec(many))).rejects.toThrow("has 501 widgets; AWS takes at most 500");
  await expect(engine.plan(spec("not JSON"))).rejects.toThrow("is not a JSON object");
  await expect(engine.plan(spec({ widgets: "none" }))).rejects.toThrow("widgets that are no list");
});

it("a dashboard that left the spec is found by the spec before, since the tagging API finds none", async () => {
  const { engine, fake } = engineOnFake();
  const before = spec(text("Hello"));
  await engine.apply(before);
  expect(changesOf(await engine.plan(NOTHING))).toEqual([]);
  expect(failuresOf(await engine.apply(NOTHING, {}, { base: memorySource(before) }))).toEqual([]);
  expect(fake.keys()).not.toContain("shop");
});

it("another stage's dashboard of the same name, in whatever region, is not written over", async () => {
  const { engine, callsOf } = engineOnFake();
  await engine.apply(spec(text("Hello")), {}, { stage: "prod" });
  const { problems } = await engine.plan(spec(text("Bye")));
  expect(problems.filter(({ severity }) => severity === "error")).toHaveLength(1);
  expect(callsOf("PutDashboard")).toHaveLength(1);
});
