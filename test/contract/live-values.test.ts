/** What the types say of themselves, seen on the live resources of their examples in the fake AWS. */
import { describe, expect, it } from "vitest";
import { connectAws } from "../../src/aws/connect.ts";
import { sts, tagging } from "../../src/aws/services.ts";
import { applyStack, destroyStack } from "../../src/engine/apply-stack.ts";
import { listStack } from "../../src/engine/list-stack.ts";
import { planStack } from "../../src/engine/plan-stack.ts";
import { isObject, type JsonValue } from "../../src/model/values.ts";
import { resourceTypes } from "../../src/resources/registry.ts";
import { pushImages } from "../fakes/aws/ecr/images.ts";
import { createFakeAws, type FakeAws } from "../fakes/aws/fake-aws.ts";
import { SERVICES } from "../fakes/aws/all-services.ts";
import { createFakeClock } from "../fakes/clock.ts";
import { changesOf, failuresOf, memorySource } from "../integration/harness.ts";
import { examples } from "../type-examples/all.ts";
import { namesIn, specOf, type TypeLife } from "../type-examples/example.ts";

/** An account with a stack of one life. */
function accountOf(life: TypeLife) {
  const clock = createFakeClock();
  const fake = createFakeAws({ clock: clock.now });
  const { region, ...clientConfig } = fake.clientConfig();
  const connect = () => connectAws({ region, clientConfig, clock, budget: async () => {}, attempts: 1 });
  const files = { "resources.js": specOf(life, life.full), ...life.files };
  const stack = {
    source: memorySource(files),
    directory: ".",
    stage: "dev",
    region,
    projectName: "life",
    allowDeletion: namesIn(life),
  };
  return { fake, connect, stack };
}

function valueAt(root: JsonValue, path: string): JsonValue | undefined {
  let value: JsonValue | undefined = root;
  for (const segment of path.split(".")) value = isObject(value) ? value[segment] : undefined;
  return value;
}

/** The calls since the last reset, by their IAM actions: `apigateway GetApis`. */
function called({ calls }: FakeAws): readonly string[] {
  const prefix = (id: string) => SERVICES.find((service) => service.id === id)?.iamPrefix ?? id;
  return [...new Set(calls.map(({ service, operation }) => `${prefix(service)} ${operation}`))];
}

const EVERY_STACK = [`${prefixOf(sts)} GetCallerIdentity`, `${prefixOf(tagging)} GetResources`];

function prefixOf(service: { iamAction(operation: string): string } | undefined): string {
  return service?.iamAction("Get").split(":")[0] ?? "";
}

function permitted(kinds: readonly ("read" | "write")[]): readonly string[] {
  const declared = [...resourceTypes.values()].flatMap(({ permissions, service }) =>
    kinds
      .flatMap((kind) => permissions?.[kind] ?? [])
      .map((operation) => `${prefixOf(service)} ${operation}`),
  );
  const besides = [...resourceTypes.values()].flatMap(({ permissions }) =>
    Object.keys(permissions?.readsBesides ?? {}).map((action) => action.replace(":", " ")),
  );
  return [...EVERY_STACK, ...declared, ...besides];
}

describe("the lives of a type", () => {
  const written = examples.filter(({ type }) => resourceTypes.get(type)?.onlyRead !== true);

  it.each(written.map((example) => [example.type, example] as const))(
    "as %s have the values that getId can ask, and take no other calls than docs/permissions.md tells",
    async (type, { lives }) => {
      const paths = new Set(Object.keys(resourceTypes.get(type)?.attributes ?? {}));
      for (const life of lives) {
        const { fake, connect, stack } = accountOf({ type, ...life });
        await pushImages(fake, life.images ?? []);
        expect(failuresOf(await applyStack(stack, connect()))).toEqual([]);
        for (const { live } of await listStack(stack, connect(), type)) {
          for (const path of paths) {
            const value = path === "id" ? live.id : valueAt(live.attributes, path.replace(/^live\./, ""));
            if (typeof value === "string" && value !== "") paths.delete(path);
          }
        }
        fake.resetCalls();
        expect(changesOf((await planStack(stack, connect())).plan)).toEqual([]);
        const reads = permitted(["read"]);
        expect(called(fake).filter((call) => !reads.includes(call))).toEqual([]);
        fake.resetCalls();
        expect(failuresOf(await destroyStack(stack, connect()))).toEqual([]);
        const all = permitted(["read", "write"]);
        expect(called(fake).filter((call) => !all.includes(call))).toEqual([]);
      }
      expect([...paths], "attributes that no life has").toEqual([]);
    },
  );
});
