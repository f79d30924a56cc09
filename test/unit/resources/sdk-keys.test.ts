/**
 * Every property that the SDK's create calls take is in the schemas: a new SDK version with a new property fails here,
 * not at a user.
 */
import * as lambdaSdk from "@aws-sdk/client-lambda";
import * as iamSdk from "@aws-sdk/client-iam";
import * as logsSdk from "@aws-sdk/client-cloudwatch-logs";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { logGroup } from "../../../src/resources/CloudWatchLogs/LogGroup.ts";
import { policy } from "../../../src/resources/IAM/Policy.ts";
import { role } from "../../../src/resources/IAM/Role.ts";
import { lambdaFunction } from "../../../src/resources/Lambda/function/function.ts";
import { permission } from "../../../src/resources/Lambda/permission/permission.ts";
import type { ResourceType } from "../../../src/resources/type.ts";

interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly description?: string;
}

/** Members of a structure of the SDK's model; its fifth element is their names. */
function members(structure: unknown): readonly string[] {
  return Array.isArray(structure) && Array.isArray(structure[4]) ? structure[4].map(String) : [];
}

function keysAt(type: ResourceType, path: readonly string[]): readonly string[] {
  let schema = z.toJSONSchema(type.schema, { unrepresentable: "any", io: "input" }) as JsonSchema;
  for (const key of path) schema = (key === "[]" ? schema.items : schema.properties?.[key]) ?? {};
  return Object.keys(schema.properties ?? {});
}

describe("schemas have every member of the SDK's inputs", () => {
  it.each<[string, ResourceType, string, unknown, readonly string[]]>([
    ["CreateFunction", lambdaFunction, "", lambdaSdk.CreateFunctionRequest$, []],
    ["its Code", lambdaFunction, "Code", lambdaSdk.FunctionCode$, []],
    ["its VpcConfig", lambdaFunction, "VpcConfig", lambdaSdk.VpcConfig$, []],
    ["its ImageConfig", lambdaFunction, "ImageConfig", lambdaSdk.ImageConfig$, []],
    ["its LoggingConfig", lambdaFunction, "LoggingConfig", lambdaSdk.LoggingConfig$, []],
    ["its FileSystemConfigs", lambdaFunction, "FileSystemConfigs.[]", lambdaSdk.FileSystemConfig$, []],
    ["its DurableConfig", lambdaFunction, "DurableConfig", lambdaSdk.DurableConfig$, []],
    ["its TenancyConfig", lambdaFunction, "TenancyConfig", lambdaSdk.TenancyConfig$, []],
    [
      "its CapacityProviderConfig",
      lambdaFunction,
      "CapacityProviderConfig.LambdaManagedInstancesCapacityProviderConfig",
      lambdaSdk.LambdaManagedInstancesCapacityProviderConfig$,
      [],
    ],
    [
      "CreateFunctionUrlConfig",
      lambdaFunction,
      "FunctionUrlConfig",
      lambdaSdk.CreateFunctionUrlConfigRequest$,
      // Given by the function; URLs of aliases come with Lambda::Alias.
      ["FunctionName", "Qualifier"],
    ],
    ["its Cors", lambdaFunction, "FunctionUrlConfig.Cors", lambdaSdk.Cors$, []],
    // RevisionId guards a single call, not a wish.
    ["AddPermission", permission, "Permissions.[]", lambdaSdk.AddPermissionRequest$, ["RevisionId"]],
    ["CreateRole", role, "", iamSdk.CreateRoleRequest$, []],
    ["CreatePolicy", policy, "", iamSdk.CreatePolicyRequest$, []],
    // `tags` is accepted, `Tags` is canonical.
    ["CreateLogGroup", logGroup, "", logsSdk.CreateLogGroupRequest$, ["tags"]],
  ])("%s", (_call, type, path, structure, without) => {
    const wanted = members(structure).filter((key) => !without.includes(key));
    expect(wanted.length).toBeGreaterThan(0);
    const keys = keysAt(type, path === "" ? [] : path.split("."));
    expect(wanted.filter((key) => !keys.includes(key))).toEqual([]);
  });
});

describe("every property is described", () => {
  it.each([lambdaFunction, permission, role, policy, logGroup].map((type) => [type.type, type] as const))(
    "%s",
    (_name, type) => {
      const bare: string[] = [];
      const walk = (schema: JsonSchema, path: string): void => {
        for (const [key, inner] of Object.entries(schema.properties ?? {})) {
          if (inner.description === undefined) bare.push(`${path}${key}`);
          walk(inner, `${path}${key}.`);
          if (inner.items !== undefined) walk(inner.items, `${path}${key}[].`);
        }
      };
      walk(z.toJSONSchema(type.schema, { unrepresentable: "any", io: "input" }) as JsonSchema, "");
      expect(bare).toEqual([]);
    },
  );
});
