/** Parameters through the engine: what they hold is compared, and is shown nowhere. */
import { expect, it } from "vitest";
import type { JsonObject } from "../../../../src/model/values.ts";
import { changesOf, engineOnFake, failuresOf } from "../../../integration/harness.ts";
import { specText } from "../../../integration/random-stack.ts";
import { entry } from "../../../type-examples/beside.ts";

const spec = (...all: JsonObject[]) => ({
  "resources.js": specText({ entries: all.map((one) => entry("SSM", "Parameter", one)), files: {} }),
});
const secret = (Value: string) => ({ Name: "/shop/token", Type: "SecureString", Value });
const NOTHING = { "resources.js": "exports.createResources = () => [];" };

it("a secret's change is seen, and its value is in no plan, result or attribute", async () => {
  const { engine } = engineOnFake();
  const applied = await engine.apply(spec(secret("open-sesame-1")));
  expect(failuresOf(applied)).toEqual([]);
  const planning = await engine.planning(spec(secret("open-sesame-2")));
  const [change] = planning.plan.changes;
  expect([change?.action, change?.properties.map(({ path }) => path)]).toEqual(["update", ["Value"]]);
  const attributes = [...planning.live.values()].map((live) => live.attributes);
  expect(JSON.stringify([applied, planning.plan, attributes])).not.toMatch(/open-sesame/);
  expect(changesOf((await engine.planning(spec(secret("open-sesame-1")))).plan)).toEqual([]);
});

it("parameters that left the spec are found by their tags, with a path, without, and with a slash only", async () => {
  const { engine, callsOf } = engineOnFake();
  const all = ["/shop/url", "plain", "/slash"].map((Name) => ({ Name, Value: "x" }));
  await engine.apply(spec(...all));
  expect(failuresOf(await engine.apply(NOTHING))).toEqual([]);
  const gone = callsOf("DeleteParameter").map(({ input }) => JSON.stringify(input));
  expect(gone.toSorted()).toEqual(all.map(({ Name }) => JSON.stringify({ Name })).toSorted());
});

it("what takes its name from AWS, or has a key without a secret, is refused by the plan", async () => {
  const { engine } = engineOnFake();
  await expect(engine.plan(spec({ Name: "/aws/x", Value: "x" }))).rejects.toThrow(/parameter's name/);
  await expect(engine.plan(spec({ Name: "x", Value: "x", KeyId: "alias/k" }))).rejects.toThrow(
    /SecureString/,
  );
});

it("an advanced parameter is replaced to become a standard one", async () => {
  const { engine } = engineOnFake();
  const url = (Tier: string) => spec({ Name: "url", Value: "x", Tier });
  await engine.apply(url("Advanced"));
  const { changes } = await engine.plan(url("Standard"));
  expect(changes.map(({ action }) => action)).toEqual(["replace"]);
});

it("a value that AWS would refuse is refused by the plan, and is not told", async () => {
  const { engine } = engineOnFake();
  const long = "x".repeat(4097);
  await expect(engine.plan(spec({ Name: "url", Value: long }))).rejects.toThrow(
    /Value has 4097 characters; a parameter of the tier Standard has at most 4096/,
  );
  for (const Tier of ["Advanced", "Intelligent-Tiering"])
    expect((await engine.plan(spec({ Name: "url", Value: long, Tier }))).problems).toEqual([]);
  const nested = engine.plan(spec({ Name: "url", Value: "a {{ssm:secret-place}} b" }));
  await expect(nested).rejects.toThrow(/Value has a text in double braces/);
  await expect(nested).rejects.not.toThrow(/secret-place/);
});
