/** What the types say of themselves, seen on live resources of the fake AWS. */
import { beforeAll, describe, expect, it } from "vitest";
import { applyStack, destroyStack } from "../../src/engine/apply-stack.ts";
import { type Listed, listStack } from "../../src/engine/list-stack.ts";
import { planStack } from "../../src/engine/plan-stack.ts";
import { hasChanges } from "../../src/model/plan.ts";
import { resourceTypes } from "../../src/resources/registry.ts";
import { isObject, type JsonValue } from "../../src/model/values.ts";
import { oneOfEach } from "./one-of-each.ts";

/** The SDK's name of a service, as the fake AWS calls it. */
const FAKE_NAMES: Readonly<Record<string, string>> = {
  ApiGatewayV2: "apigatewayv2",
  Lambda: "lambda",
  IAM: "iam",
  "CloudWatch Logs": "logs",
};

const world = oneOfEach();
let listed: readonly Listed[];
let planned: readonly string[];

const called = (): readonly string[] => [
  ...new Set(world.fake.calls.map(({ service, operation }) => `${service} ${operation}`)),
];

beforeAll(async () => {
  const { succeeded, results } = await applyStack(world.options, world.aws);
  expect(results.filter(({ error }) => error !== undefined)).toEqual([]);
  expect(succeeded).toBe(true);
  listed = await listStack(world.options, world.aws);
  world.fake.resetCalls();
  expect(hasChanges((await planStack(world.options, world.aws)).plan)).toBe(false);
  planned = called();
});

function valueAt(root: JsonValue, path: string): JsonValue | undefined {
  let value: JsonValue | undefined = root;
  for (const segment of path.split(".")) value = isObject(value) ? value[segment] : undefined;
  return value;
}

const told = (kinds: readonly ("read" | "write")[]): readonly string[] =>
  [...resourceTypes.values()].flatMap(({ permissions, service }) =>
    kinds
      .flatMap((kind) => permissions?.[kind] ?? [])
      .map((operation) => `${FAKE_NAMES[service?.name ?? ""]} ${operation}`),
  );

describe("a stack with one of each type", () => {
  it("has every type", () => {
    const types = new Set(listed.map(({ live }) => live.type));
    expect([...types].sort()).toEqual([...resourceTypes.keys()].sort());
  });

  it.each([...resourceTypes.keys()])("has the values that getId can ask of %s", (type) => {
    const live = listed.find((one) => one.live.type === type)?.live;
    for (const path of Object.keys(resourceTypes.get(type)?.attributes ?? {})) {
      const value = path === "id" ? live?.id : valueAt(live?.attributes ?? {}, path.replace(/^live\./, ""));
      expect(value, path).toMatch(/./);
    }
  });

  it("is planned with no other calls than docs/permissions.md tells", () => {
    const every = ["sts GetCallerIdentity", "tagging GetResources"];
    expect(planned.filter((call) => !told(["read"]).includes(call) && !every.includes(call))).toEqual([]);
  });

  it("is destroyed with no other calls either", async () => {
    world.fake.resetCalls();
    expect((await destroyStack(world.options, world.aws)).succeeded).toBe(true);
    const every = ["sts GetCallerIdentity", "tagging GetResources"];
    expect(
      called().filter((call) => !told(["read", "write"]).includes(call) && !every.includes(call)),
    ).toEqual([]);
  });
});
