/** Models through the engine: routes name them, and stages serve them. */
import { expect, it } from "vitest";
import { entry, httpApi, socketApi } from "../../../type-examples/beside.ts";
import { changesOf, engineOnFake, failuresOf } from "../../../integration/harness.ts";
import { type RandomEntry, specText } from "../../../integration/random-stack.ts";

const model = (Name: string, Schema: string | object) =>
  entry("ApiGatewayV2", "Model", { Name, Schema: JSON.parse(JSON.stringify(Schema)) }, { api: "shop" });
const route = (name: string) =>
  entry("ApiGatewayV2", "Route", { RouteKey: "order", RequestModels: { one: name } }, { api: "shop" });
const stage = entry("ApiGatewayV2", "Stage", { StageName: "live" }, { api: "shop" });
const spec = (...entries: RandomEntry[]) => ({ "resources.js": specText({ entries, files: {} }) });

it("a changed model is deployed to a stage that does not deploy itself", async () => {
  const { fake, engine } = engineOnFake();
  const before = spec(socketApi, stage, route("Order"), model("Order", { type: "object" }));
  const after = spec(socketApi, stage, route("Order"), model("Order", { type: "array" }));
  expect(failuresOf(await engine.apply(before))).toEqual([]);
  fake.resetCalls();
  expect(failuresOf(await engine.apply(after))).toEqual([]);
  expect(fake.calls.flatMap(({ write, operation }) => (write ? [operation] : []))).toEqual([
    "UpdateModel",
    "TagResource",
    "CreateDeployment",
    "DeleteDeployment",
    "TagResource",
  ]);
  expect(changesOf(await engine.plan(after))).toEqual([]);
});

it("a model is made before the routes that name it, and goes after they have let it go", async () => {
  const { fake, engine } = engineOnFake();
  const one = spec(socketApi, route("One"), model("One", { type: "object" }));
  const two = spec(socketApi, route("Two"), model("Two", { type: "object" }));
  for (const stack of [one, two, spec(socketApi)]) {
    expect(failuresOf(await engine.apply(stack))).toEqual([]);
  }
  expect(fake.calls.flatMap(({ operation, error }) => (error === undefined ? [] : [operation]))).toEqual([]);
  const made = fake.calls.map(({ operation }) => operation);
  expect(made.indexOf("CreateModel")).toBeLessThan(made.indexOf("CreateRoute"));
});

it("a schema is compared by what it says, as text or as an object", async () => {
  const { engine } = engineOnFake();
  await engine.apply(spec(socketApi, model("Order", { type: "object", required: ["id"] })));
  const text = '{ "required": ["id"],\n "type": "object" }';
  expect(changesOf(await engine.plan(spec(socketApi, model("Order", text))))).toEqual([]);
});

it("an HTTP API is not asked for models", async () => {
  const { engine, callsOf } = engineOnFake();
  await engine.apply(spec(httpApi));
  await engine.plan(spec(httpApi));
  expect(callsOf("GetModels")).toEqual([]);
});
