/** Topics through the engine: one call for each attribute that changed, and no subscription is lost unasked. */
import { expect, it } from "vitest";
import type { JsonObject } from "../../../../src/model/values.ts";
import { changesOf, engineOnFake, failuresOf } from "../../../integration/harness.ts";
import { specText } from "../../../integration/random-stack.ts";
import { entry, rights } from "../../../type-examples/beside.ts";

const spec = (properties: JsonObject, name?: string) => ({
  "resources.js": specText({ entries: [entry("SNS", "Topic", properties, undefined, name)], files: {} }),
});

it("a topic with a name and tags only, as in GruCloud's example, converges", async () => {
  const files = spec({ Tags: [{ Key: "team", Value: "a" }] }, "news");
  const { engine, callsOf } = engineOnFake();
  expect(failuresOf(await engine.apply(files))).toEqual([]);
  expect(callsOf("CreateTopic").map(({ input }) => input)).toMatchObject([{ Name: "news" }]);
  expect(changesOf(await engine.plan(files))).toEqual([]);
});

it("an update sets what changed, one call each", async () => {
  const { engine, callsOf } = engineOnFake();
  await engine.apply(spec({ Name: "news", Attributes: { DisplayName: "News", TracingConfig: "Active" } }));
  await engine.apply(
    spec({ Name: "news", Attributes: { MaximumMessageSize: 2048, TracingConfig: "Active" } }),
  );
  expect(callsOf("SetTopicAttributes").map(({ input }) => input)).toMatchObject([
    { AttributeName: "DisplayName", AttributeValue: "" },
    { AttributeName: "MaximumMessageSize", AttributeValue: "2048" },
  ]);
});

it("a policy of the spec's own stays when it is taken away, and the plan says so", async () => {
  const { engine } = engineOnFake();
  await engine.apply(spec({ Name: "news", Attributes: { Policy: rights("sns:Publish") } }));
  const plan = await engine.plan(spec({ Name: "news" }));
  expect(changesOf(plan)).toEqual([]);
  expect(plan.problems.map(({ code }) => code)).toContain("PROPERTY_CANNOT_BE_CLEARED");
});

it("a topic that left the spec is not deleted unless it is allowed by name", async () => {
  const { engine, callsOf } = engineOnFake();
  await engine.apply(spec({ Name: "news" }));
  const { problems } = await engine.plan({ "resources.js": "exports.createResources = () => [];" });
  expect(problems.map(({ code }) => code)).toContain("DELETION_PROTECTED");
  expect(callsOf("DeleteTopic")).toEqual([]);
});
