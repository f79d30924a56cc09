/**
 * What GruCloud's public examples with ApiGatewayV2 are made of: the types of each, and every path of a property and key of a
 * dependency that they write. The fixture has these facts only, read from the repository in May 2024; specs of that form, written
 * anew, are loaded in test/unit/spec/wild.test.ts and applied from examples/.
 */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type * as z from "zod";
import { resourceTypes } from "../../src/resources/registry.ts";
import type { JsonObject, JsonValue } from "../../src/model/values.ts";
import wild from "../fixtures/grucloud-examples.json" with { type: "json" };

const examples = Object.entries(wild.examples);
const lacking = examples.filter(([, types]) => types.some((type) => !resourceTypes.has(type)));
/** Its role and its event bus are in the spec of a second provider, which no spec can name here. */
const OF_ANOTHER_SPEC = "eventbridge-cross-account/secondary";

/** `A[].B` as properties that have it. */
function withPath(path: string): JsonObject {
  return path.split(".").reduceRight<JsonValue>((inner, segment) => {
    const key = segment.replace(/(\[\])+$/, "");
    const lists = segment.length - key.length;
    const value = lists === 0 ? inner : [inner];
    return { [key]: value };
  }, "x") as JsonObject;
}

/** Members that the schema does not know, wherever they are. */
function unknownIn(issues: readonly z.core.$ZodIssue[]): readonly string[] {
  return issues.flatMap((issue) => {
    if (issue.code === "unrecognized_keys") return issue.keys;
    return issue.code === "invalid_union" ? issue.errors.flatMap(unknownIn) : [];
  });
}

describe("of the 24 examples", () => {
  it("those that have no type that is missing here are as many as the document on migrating says", () => {
    expect(lacking.map(([name]) => name)).not.toContain(OF_ANOTHER_SPEC);
    const text = readFileSync(new URL("../../docs/migrating-from-grucloud.md", import.meta.url), "utf8");
    const [, loads, all] = /\b(\d+) of (?:its|GruCloud's) (\d+) examples/.exec(text) ?? [];
    expect([Number(loads), Number(all)]).toEqual([examples.length - lacking.length - 1, examples.length]);
    expect(examples).toHaveLength(24);
  });

  it("the others need networks, containers, file systems or AppConfig", () => {
    const groups = lacking.flatMap(([, types]) => types.filter((type) => !resourceTypes.has(type)));
    expect([...new Set(groups.map((type) => type.split("::")[0]))].sort()).toEqual([
      "AppConfig",
      "EC2",
      "ECS",
      "EFS",
      "ElasticLoadBalancingV2",
    ]);
  });
});

const written = Object.entries(wild.types).filter(([, one]) => Object.values(one).flat().length > 0);

describe.each(written)("%s", (name, { properties, dependencies }) => {
  const type = resourceTypes.get(name);

  it.runIf(properties.length > 0).each(properties)("takes %s", (path) => {
    const entry = type?.canonical({ name: "x", properties: withPath(path), dependencies: {} });
    const judged = type?.schema.safeParse(entry?.properties);
    expect(unknownIn(judged?.error?.issues ?? [])).toEqual([]);
  });

  /** Policies of a service that is not here name its resources. */
  const NOT_HERE = /^IAM::Role efs/;
  it.runIf(dependencies.length > 0).each(dependencies)("depends on %s", (key) => {
    const known = Object.entries(type?.dependencies ?? {}).flatMap(([one, { aliases = [] }]) => [
      one,
      ...aliases,
    ]);
    expect(known.includes(key)).toBe(!NOT_HERE.test(`${name} ${key}`));
  });
});
