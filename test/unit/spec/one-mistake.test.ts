/** One mistake in a spec gives one message: what only follows from it is not reported. */
import { describe, expect, it } from "vitest";
import { resourceTypes } from "../../../src/resources/registry.ts";
import type { WrittenEntry } from "../../../src/spec/draft.ts";
import { errorsOf } from "./building.ts";

type Entry = Pick<WrittenEntry, "type" | "group" | "name" | "properties" | "dependencies">;
const entry = (group: string, type: string, properties: object, dependencies: object = {}): Entry => ({
  group,
  type,
  properties: { ...properties },
  dependencies: { ...dependencies },
});

const trust = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
};

/** An API with a function behind it, with one entry put in another's place. */
function stack(changed: Readonly<Record<string, Entry>>): readonly Entry[] {
  return Object.values({
    role: entry("IAM", "Role", { RoleName: "r", AssumeRolePolicyDocument: trust }),
    function: entry(
      "Lambda",
      "Function",
      {
        FunctionName: "f",
        Runtime: "nodejs22.x",
        Handler: "f.handler",
        Code: { S3Bucket: "my-bucket", S3Key: "k" },
      },
      { role: "r" },
    ),
    api: entry("ApiGatewayV2", "Api", { Name: "a", ProtocolType: "HTTP" }),
    integration: entry(
      "ApiGatewayV2",
      "Integration",
      { IntegrationType: "AWS_PROXY" },
      { api: "a", lambdaFunction: "f" },
    ),
    route: entry(
      "ApiGatewayV2",
      "Route",
      { RouteKey: "GET /" },
      { api: "a", integration: "integration::a::f" },
    ),
    stage: entry("ApiGatewayV2", "Stage", { StageName: "s" }, { api: "a" }),
    deployment: entry("ApiGatewayV2", "Deployment", {}, { api: "a", stage: "a::s" }),
    ...changed,
  });
}

const integration = (dependencies: object, properties: object = {}): Entry =>
  entry("ApiGatewayV2", "Integration", { IntegrationType: "AWS_PROXY", ...properties }, dependencies);

describe("one mistake gives one message", () => {
  it.each<[string, Readonly<Record<string, Entry>>, string]>([
    [
      "a misspelt key of the parent",
      { integration: integration({ apis: "a", lambdaFunction: "f" }) },
      "DEPENDENCY_UNKNOWN",
    ],
    [
      "a misspelt key of the target",
      { integration: integration({ api: "a", lambda: "f" }) },
      "DEPENDENCY_UNKNOWN",
    ],
    [
      "a key that is like none",
      { integration: integration({ api: "a", zzzzzz: "f" }) },
      "DEPENDENCY_UNKNOWN",
    ],
    [
      "a key that is like none for the parent",
      { integration: integration({ gateway: "a", lambdaFunction: "f" }) },
      "DEPENDENCY_UNKNOWN",
    ],
    [
      "a parent that is no name",
      { integration: integration({ api: 4, lambdaFunction: "f" }) },
      "DEPENDENCY_INVALID",
    ],
    [
      "a wrong parent",
      { integration: integration({ api: "b", lambdaFunction: "f" }) },
      "DEPENDENCY_NOT_FOUND",
    ],
    ["no parent", { integration: integration({ lambdaFunction: "f" }) }, "DEPENDENCY_MISSING"],
    [
      "no dependencies at all but a number",
      { integration: { ...integration({}), dependencies: 4 } },
      "DEPENDENCY_INVALID",
    ],
    [
      "a property with a misspelt name that names are made of",
      { stage: entry("ApiGatewayV2", "Stage", { StageNames: "s" }, { api: "a" }) },
      "PROPERTY_",
    ],
    [
      "a misspelt key of a stage's parent",
      { stage: entry("ApiGatewayV2", "Stage", { StageName: "s" }, { appi: "a" }) },
      "DEPENDENCY_UNKNOWN",
    ],
    [
      "a misspelt key of a function's role",
      {
        function: entry(
          "Lambda",
          "Function",
          {
            FunctionName: "f",
            Runtime: "nodejs22.x",
            Handler: "f.handler",
            Code: { S3Bucket: "my-bucket", S3Key: "k" },
          },
          { iamRole: "r" },
        ),
      },
      "DEPENDENCY_UNKNOWN",
    ],
    [
      "a wrong name of an Api",
      { api: entry("ApiGatewayV2", "Api", { Name: "a", ProtocolType: "HTTPS" }) },
      "PROPERTY_INVALID",
    ],
  ])("%s", async (_what, changed, code) => {
    const errors = await errorsOf(stack(changed), { registry: resourceTypes });
    expect(errors.map((error) => `${error.code}: ${error.message}`)).toEqual([expect.stringContaining(code)]);
  });

  it("two mistakes give two", async () => {
    const errors = await errorsOf(
      stack({
        integration: integration({ apis: "a", lambdaFunction: "f" }),
        stage: entry("ApiGatewayV2", "Stage", { StageName: "s" }, { appi: "a" }),
      }),
      { registry: resourceTypes },
    );
    expect(errors.map((error) => error.code)).toEqual(["DEPENDENCY_UNKNOWN", "DEPENDENCY_UNKNOWN"]);
  });
});
