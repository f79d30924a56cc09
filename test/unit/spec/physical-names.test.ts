import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { resourceTypes } from "../../../src/resources/registry.ts";
import { settingsSchema } from "../../../src/settings/schema.ts";
import { fitting, namePattern, patternText, physicalName } from "../../../src/spec/physical-names.ts";

const type = (name: string) => {
  const found = resourceTypes.get(name);
  if (found === undefined) throw new Error(`${name} is no type`);
  return found;
};
const dev = namePattern("{name}-{stage}", "dev");
if (dev === undefined) throw new Error("no pattern");

describe("a stage's pattern", () => {
  it.each([
    [undefined, "dev", undefined],
    ["{name}", "dev", undefined],
    ["{name}-{stage}", "dev", "{name}-dev"],
    ["{stage}_{name}", "prod", "prod_{name}"],
    ["a-{stage}-{name}-{stage}", "x", "a-x-{name}-x"],
    ["{name}-{stage}", "pr.12", "{name}-pr-12"],
  ])("%s in stage %s is %s", (names, stage, shown) => {
    const pattern = namePattern(names, stage);
    expect(pattern === undefined ? undefined : patternText(pattern)).toBe(shown);
  });

  it.each([
    ["{name}-{stage}", true],
    ["{name}", true],
    ["{stage}-{name}_v2", true],
    ["{stage}", false],
    ["{name}-{name}", false],
    ["{name}.{stage}", false],
    ["{name}-{region}", false],
    ["a b{name}", false],
    ["", false],
  ])("%j is accepted in settings: %s", (names, accepted) => {
    expect(settingsSchema.safeParse({ stages: { dev: { names } } }).success).toBe(accepted);
  });
});

describe("a name in AWS", () => {
  it.each([
    ["Lambda::Function", "hello", "hello-dev"],
    ["IAM::Role", "r".repeat(60), `${"r".repeat(60)}-dev`],
    ["IAM::Role", "r".repeat(61), `${"r".repeat(51)}-`],
    ["IAM::Policy", "r".repeat(61), `${"r".repeat(61)}-dev`],
    ["SQS::Queue", "jobs.fifo", "jobs-dev.fifo"],
    ["SQS::Queue", `${"j".repeat(75)}.fifo`, `${"j".repeat(62)}-`],
    ["CloudWatchLogs::LogGroup", "/aws/lambda/hello", "/aws/lambda/hello-dev"],
    ["CloudWatchLogs::LogGroup", "access", "access-dev"],
    ["ApiGatewayV2::Api", "my-api", "my-api-dev"],
    ["ApiGatewayV2::Route", "route::my-api::GET /", "route::my-api::GET /"],
    ["ApiGatewayV2::Stage", "my-api::dev", "my-api::dev"],
  ])("of %s %s begins %s", (of, name, begins) => {
    const given = physicalName(type(of), name, dev);
    expect(given.startsWith(begins)).toBe(true);
    if (!begins.endsWith("-")) expect(given).toBe(begins);
  });

  it("of a function with a long name is the last part of its log group's", () => {
    const long = "f".repeat(64);
    const fn = physicalName(type("Lambda::Function"), long, dev);
    expect(physicalName(type("CloudWatchLogs::LogGroup"), `/aws/lambda/${long}`, dev)).toBe(
      `/aws/lambda/${fn}`,
    );
    expect(fn).toHaveLength(64);
    expect(fn.endsWith("-dev")).toBe(true);
  });

  it("keeps two long names apart that are cut at the same place, and one name in two stages", () => {
    const cut = (name: string, stage: string) =>
      fitting(namePattern("{name}-{stage}", stage) ?? dev)(name, 64);
    const long = "n".repeat(64);
    expect(new Set([cut(`${long}a`, "dev"), cut(`${long}b`, "dev"), cut(`${long}a`, "pro")]).size).toBe(3);
  });

  it("is never longer than accepted, whatever the stage is called", () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[\w-]{1,300}$/),
        fc.stringMatching(/^[A-Za-z0-9][\w.-]{0,63}$/),
        fc.constantFrom("{name}-{stage}", "{stage}-{name}", "x{stage}{name}{stage}"),
        fc.integer({ min: 64, max: 256 }),
        (name, stage, names, most) => {
          const pattern = namePattern(names, stage);
          if (pattern === undefined) return;
          const given = fitting(pattern)(name, most);
          expect(given.length).toBeLessThanOrEqual(most);
          expect(given).toMatch(/^[\w-]+$/);
        },
      ),
    );
  });
});
