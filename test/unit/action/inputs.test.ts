import { describe, expect, it } from "vitest";
import { userErrors } from "../../../src/model/errors.ts";
import { readInputs } from "../../../src/action/inputs.ts";

const runner = { "INPUT_GITHUB-TOKEN": "ghs_x", INPUT_STAGE: "dev", AWS_REGION: "eu-west-2" };

function errorsOf(env: Record<string, string>) {
  try {
    readInputs(env);
  } catch (error) {
    return userErrors(error)?.map(({ code, message }) => `${code}: ${message}`);
  }
  return [];
}

describe("inputs", () => {
  it("have the defaults of action.yml", () => {
    expect(readInputs(runner)).toEqual({
      token: "ghs_x",
      directories: ["."],
      spec: undefined,
      stage: "dev",
      region: undefined,
      fallbackRegion: "eu-west-2",
      projectName: undefined,
      comment: "always",
      failOn: new Set(["error"]),
      source: "checkout",
      untracked: false,
      adopt: [],
      allowDeletion: [],
      planFile: undefined,
    });
  });

  it("are read as the workflow gives them", () => {
    const inputs = readInputs({
      ...runner,
      INPUT_DIRECTORY: "apis/*\n!apis/old, web",
      INPUT_SPEC: "infra.ts",
      INPUT_STAGE: " prod ",
      "INPUT_AWS-REGION": "us-gov-west-1",
      "INPUT_PROJECT-NAME": "@me/orders",
      INPUT_COMMENT: "changes",
      "INPUT_FAIL-ON": "delete, foreign",
      INPUT_SOURCE: "api",
      INPUT_ADOPT: "my-api\nLambda::Function::f",
      "INPUT_PLAN-FILE": "out/plan.json",
    });
    expect(inputs).toMatchObject({
      directories: ["apis/*", "!apis/old", "web"],
      spec: "infra.ts",
      stage: "prod",
      region: "us-gov-west-1",
      projectName: "@me/orders",
      comment: "changes",
      source: "api",
      adopt: ["my-api", "Lambda::Function::f"],
      planFile: "out/plan.json",
    });
    expect(inputs.failOn).toEqual(new Set(["delete", "foreign"]));
  });

  it("treat an empty value as not given", () => {
    expect(readInputs({ ...runner, INPUT_STAGE: "", INPUT_COMMENT: "" })).toMatchObject({
      stage: "dev",
      comment: "always",
    });
  });

  it("know `never` for nothing that fails the job", () => {
    expect(readInputs({ ...runner, "INPUT_FAIL-ON": "never" }).failOn.size).toBe(0);
  });

  it("take the region from AWS_DEFAULT_REGION too", () => {
    expect(readInputs({ AWS_DEFAULT_REGION: "eu-west-1" }).fallbackRegion).toBe("eu-west-1");
  });

  it.each([
    ["INPUT_COMMENT", "alwas", 'input "comment" is "alwas"; accepted: always, changes, never'],
    ["INPUT_SOURCE", "git", 'input "source" is "git"; accepted: checkout, api'],
    [
      "INPUT_FAIL-ON",
      "errors",
      'input "fail-on" is "errors"; accepted: a list of error, delete, replace, foreign; or never, alone',
    ],
    ["INPUT_FAIL-ON", "never, delete", 'input "fail-on" is "never"'],
    ["INPUT_STAGE", "my stage", 'input "stage" is "my stage"; accepted: 1 to 64'],
    ["INPUT_AWS-REGION", "London", 'input "aws-region" is "London"; accepted: an AWS region'],
    ["INPUT_DIRECTORY", "../other", 'input "directory" is "../other"; accepted: a path or glob inside'],
    ["INPUT_DIRECTORY", "/etc", 'input "directory" is "/etc"'],
    [
      "INPUT_SPEC",
      "../resources.js",
      'input "spec" is "../resources.js"; accepted: a JavaScript or TypeScript file',
    ],
    ["INPUT_SPEC", "resources.yml", 'input "spec" is "resources.yml"'],
  ])("refuse %s=%s", (name, value, message) => {
    expect(errorsOf({ ...runner, [name]: value })).toEqual([
      expect.stringContaining(`INPUT_INVALID: ${message}`),
    ]);
  });

  it("refuse the source `api` without a token", () => {
    expect(errorsOf({ AWS_REGION: "eu-west-2", INPUT_SOURCE: "api" })).toEqual([
      'INPUT_INVALID: input "source" is "api" and "github-token" is empty',
    ]);
  });

  it("report all mistakes at once", () => {
    expect(
      errorsOf({ INPUT_COMMENT: "x", INPUT_SOURCE: "y", INPUT_STAGE: "-", AWS_REGION: "z" }),
    ).toHaveLength(4);
  });
});
