/** One role for all previews: its policy fits the names of each of them, and of no stage. */
import { describe, expect, it } from "vitest";
import { policiesOfPreviews } from "../../../../src/engine/permissions/of-previews.ts";
import { rolePolicies } from "../../../../src/engine/permissions/policies.ts";
import { makeNaming } from "../../../../src/engine/names/naming.ts";
import { namedTypes } from "../../../../src/engine/names/named-types.ts";
import { resourceTypes } from "../../../../src/resources/registry.ts";
import { loadSpec } from "../../../../src/spec/load/load.ts";
import { namePattern } from "../../../../src/spec/physical-names.ts";
import { memorySource } from "../../../integration/harness.ts";

const LENGTHS = [6, 40, 48, 49, 50, 55, 58, 59, 60, 64];
const NAMES = LENGTHS.map((length) => `f${length}`.padEnd(length, "x"));
const SPEC = `exports.createResources = ({ config }) => [
  ${NAMES.map(
    (
      name,
    ) => `{ type: "Function", group: "Lambda", properties: () => ({ FunctionName: "${name}", Runtime: "nodejs22.x", Handler: "f.h",
    Code: { ZipFile: "UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==" }, Role: "arn:aws:iam::123456789012:role/r" }) },`,
  ).join("\n")}
  { type: "Queue", group: "SQS", properties: () => ({ QueueName: "jobs.fifo", Attributes: { FifoQueue: "true" }, Tags: [{ Key: "in", Value: config.stage }] }) },
];`;

async function load(names: string, stage: string) {
  const region = "eu-west-2";
  const source = memorySource({ "resources.js": SPEC });
  const spec = await loadSpec(
    {
      source,
      directory: ".",
      stage,
      region,
      names,
      projectName: "shop",
      env: {},
      account: async () => ({ account: "123456789012", partition: "aws", arn: "" }),
    },
    resourceTypes,
  );
  const pattern = namePattern(names, stage);
  if (pattern === undefined) throw new Error("no pattern");
  const named = namedTypes(resourceTypes, makeNaming(pattern, resourceTypes, spec.resources));
  const stack = {
    directory: ".",
    projectName: "shop",
    stage,
    region,
    account: "123456789012",
    partition: "aws",
  };
  return { spec, policies: rolePolicies({ ...spec, registry: named, stack }) };
}

/** As IAM compares: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html */
const fits = (pattern: string, arn: string): boolean =>
  new RegExp(
    `^${pattern
      .split("*")
      .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"))
      .join(".*")}$`,
  ).test(arn);

describe.each(["{name}-{stage}", "{stage}-{name}"])(
  "the policy of all previews, with names like %s",
  (names) => {
    it("fits what each of them is called, whatever its number, and no stage's", async () => {
      const { spec, policies } = await load(names, "pr-1");
      const { apply } = policiesOfPreviews(policies, spec.resources, resourceTypes, { stage: "pr-1", names });
      const allowed = apply.Statement.filter(({ Action }) =>
        Action.includes("lambda:CreateFunction"),
      ).flatMap(({ Resource }) => Resource);
      expect(JSON.stringify(apply)).not.toContain("pr-1");
      expect(JSON.stringify(apply)).toContain(
        names.startsWith("{name}") ? "jobs-pr-*.fifo" : "pr-*-jobs.fifo",
      );
      for (const stage of ["pr-1", "pr-12", "pr-4321", "pr-1234567890"]) {
        const other = await load(names, stage);
        for (const { physicalName: name = "" } of other.spec.resources.filter(
          ({ type }) => type === "Lambda::Function",
        ))
          expect(
            allowed.some((one) => fits(one, `arn:aws:lambda:eu-west-2:123456789012:function:${name}`)),
            name,
          ).toBe(true);
      }
      const dev = await load(names, "dev");
      for (const { physicalName: name = "" } of dev.spec.resources)
        expect(
          allowed.filter((one) => fits(one, `arn:aws:lambda:eu-west-2:123456789012:function:${name}`)),
          name,
        ).toEqual([]);
    });
  },
);
