/** What must not be sent twice is declared, never guessed from an operation's name. */
import { describe, expect, it } from "vitest";
import { resourceTypes } from "../../src/resources/registry.ts";
import { examples } from "../type-examples/all.ts";

/** Operations whose names say that they add something: sent twice, they may add it twice. */
const ADDS = /^(Create|Add|Publish|Request|Register|Allocate|Import|Run|Start)/;

describe("an operation that adds something", () => {
  const types = [...resourceTypes.values()];

  it.each(examples.map((example) => [example.type, example] as const))(
    "of %s is looked for before it is repeated, or may be repeated for a reason",
    (name, { repeatable = {} }) => {
      const { permissions, service } = resourceTypes.get(name) ?? {};
      const adding = (permissions?.write ?? []).filter((operation) => ADDS.test(operation));
      const looked = service?.lookBeforeRepeating ?? [];
      expect(adding.filter((operation) => !looked.includes(operation))).toEqual(Object.keys(repeatable));
    },
  );

  it.each(
    [...Map.groupBy(types, ({ service }) => service)].map(([service, own]) => [service?.name, own] as const),
  )("that %s declares is one that a type calls", (_name, own) => {
    const called = own.flatMap(({ permissions }) => permissions?.write ?? []);
    const declared = own[0]?.service?.lookBeforeRepeating ?? [];
    expect(declared.filter((operation) => !called.includes(operation))).toEqual([]);
  });
});
