import { describe, expect, it } from "vitest";
import { readArguments } from "../../../src/cli/arguments.ts";
import { userErrors } from "../../../src/model/errors.ts";

function read(line: string) {
  return readArguments(line.split(" ").filter((word) => word !== ""));
}

function errorsOf(line: string): readonly string[] {
  try {
    read(line);
    return [];
  } catch (error) {
    return (userErrors(error) ?? []).map(({ code, message }) => `${code}: ${message}`);
  }
}

describe("the command line", () => {
  it.each([
    ["", { kind: "help", command: undefined }],
    ["--help", { kind: "help", command: undefined }],
    ["help plan", { kind: "help", command: "plan" }],
    ["apply -h", { kind: "help", command: "apply" }],
    ["--version", { kind: "version" }],
    ["-v", { kind: "version" }],
  ])("%s", (line, request) => {
    expect(read(line)).toEqual(request);
  });

  it("names a stack with everything that can be said of it", () => {
    const line =
      "plan apis/orders --stage prod --region eu-west-2 --spec infra.ts --project-name shop --account 123456789012 " +
      "--endpoint http://localhost:4566 --base main --adopt a --adopt b --allow-deletion c --allow-deletion d --json plan.json --detailed-exitcode --no-color";
    expect(read(line)).toEqual({
      kind: "run",
      invocation: {
        command: "plan",
        directory: "apis/orders",
        name: undefined,
        stage: "prod",
        region: "eu-west-2",
        spec: "infra.ts",
        projectName: "shop",
        account: "123456789012",
        endpoint: "http://localhost:4566",
        base: "main",
        adopt: ["a", "b"],
        allowDeletion: ["c", "d"],
        json: "plan.json",
        untracked: false,
        detailedExitcode: true,
        yes: false,
        planId: undefined,
        type: undefined,
        color: false,
        verbose: false,
        apiName: undefined,
        protocol: undefined,
        language: undefined,
        repository: undefined,
        port: undefined,
        force: false,
      },
    });
  });

  it("has defaults", () => {
    expect(read("apply")).toMatchObject({
      invocation: { command: "apply", directory: ".", stage: "dev", yes: false, color: true, adopt: [] },
    });
  });

  it("adopts by name, in a directory", () => {
    expect(read("adopt my-api apis/orders -y")).toMatchObject({
      invocation: {
        command: "adopt",
        name: "my-api",
        adopt: ["my-api"],
        directory: "apis/orders",
        yes: true,
      },
    });
  });

  it("lists a type", () => {
    expect(read("list -t ApiGatewayV2::Integration")).toMatchObject({
      invocation: { type: "ApiGatewayV2::Integration" },
    });
  });

  it.each([
    [
      "plna",
      'USAGE: "plna" is not a command; accepted: init, dev, plan, apply, destroy, list, graph, permissions, adopt',
    ],
    ["--verbose", 'USAGE: "--verbose" is not an option; accepted: '],
    ["plan --stge prod", "USAGE: gatewright plan: Unknown option '--stge'"],
    ["plan --yes", "USAGE: gatewright plan: Unknown option '--yes'"],
    ["plan a b", 'USAGE: gatewright plan: "b" is one argument too many; accepted: dir'],
    ["plan --stage", "USAGE: gatewright plan: Option '-s, --stage <value>' argument missing"],
    ["adopt", "USAGE: gatewright adopt needs NAME"],
    ["plan --stage a/b", 'OPTION_INVALID: --stage is "a/b"; accepted: 1 to 64'],
    ["plan --region London", 'OPTION_INVALID: --region is "London"; accepted: an AWS region'],
    ["plan --account 12", 'OPTION_INVALID: --account is "12"; accepted: twelve digits'],
    ["dev --port 70000", 'OPTION_INVALID: --port is "70000"; accepted: a number from 1 to 65535'],
    ["plan --endpoint localhost", 'OPTION_INVALID: --endpoint is "localhost"; accepted: a URL'],
    ["plan --spec ../x.js", 'OPTION_INVALID: --spec is "../x.js"; accepted: a path inside'],
    ["apply --plan-id XYZ", 'OPTION_INVALID: --plan-id is "XYZ"; accepted: twelve hex digits'],
  ])("%s is refused", (line, message) => {
    expect(errorsOf(line)).toEqual([expect.stringContaining(message)]);
  });

  it("reports all wrong values at once", () => {
    expect(errorsOf("plan --region x --account y --endpoint z")).toHaveLength(3);
  });
});

describe("a typo", () => {
  it.each([
    ["plna", 'Did you mean "plan"? Run gatewright --help.'],
    ["plan --stge prod", 'Did you mean "--stage"? Run gatewright plan --help.'],
  ])("%s gets a suggestion", (line, hint) => {
    expect(() => read(line)).toThrow(expect.objectContaining({ hint }));
  });
});
