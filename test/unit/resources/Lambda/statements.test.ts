import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  canonicalParameters,
  idText,
  inventedId,
  parametersOf,
} from "../../../../src/resources/Lambda/statements.ts";
import type { JsonObject, JsonValue } from "../../../../src/model/values.ts";

const statement = (more: JsonObject): JsonObject => ({
  Sid: "a",
  Effect: "Allow",
  Action: "lambda:InvokeFunction",
  Principal: { Service: "s3.amazonaws.com" },
  Resource: "arn:aws:lambda:us-east-1:123456789012:function:f",
  ...more,
});

describe("parametersOf", () => {
  it.each<[string, JsonObject, JsonObject]>([
    ["a service", {}, { Principal: "s3.amazonaws.com" }],
    [
      "a service in a list",
      { Principal: { Service: ["s3.amazonaws.com"] } },
      { Principal: "s3.amazonaws.com" },
    ],
    ["anybody", { Principal: "*" }, { Principal: "*" }],
    ["anybody as AWS", { Principal: { AWS: "*" } }, { Principal: "*" }],
    [
      "an account by its root",
      { Principal: { AWS: "arn:aws-cn:iam::123456789012:root" } },
      { Principal: "123456789012" },
    ],
    [
      "conditions under any operator, in any case",
      { Condition: { StringLike: { "aws:SourceArn": "x" }, StringEquals: { "AWS:sourceaccount": ["1"] } } },
      { Principal: "s3.amazonaws.com", SourceArn: "x", SourceAccount: "1" },
    ],
    [
      "a boolean as AWS writes it",
      { Condition: { Bool: { "lambda:InvokedViaFunctionUrl": "true" } } },
      { Principal: "s3.amazonaws.com", InvokedViaFunctionUrl: true },
    ],
  ])("%s", (_what, more, parameters) => {
    expect(parametersOf(statement(more))).toEqual({ Action: "lambda:InvokeFunction", ...parameters });
  });

  it.each<[string, JsonObject]>([
    ["a denial", { Effect: "Deny" }],
    ["two actions", { Action: ["lambda:A", "lambda:B"] }],
    ["two principals", { Principal: { AWS: ["1", "2"] } }],
    ["two kinds of principals", { Principal: { AWS: "1", Service: "s" } }],
    ["an unknown condition", { Condition: { StringEquals: { "aws:PrincipalTag/x": "1" } } }],
    ["several values", { Condition: { ArnLike: { "aws:SourceArn": ["1", "2"] } } }],
    ["other elements", { NotAction: "x" }],
  ])("has none for %s", (_what, more) => {
    expect(parametersOf(statement(more))).toBeUndefined();
  });
});

describe("ids", () => {
  it("are letters, digits, - and _, and never too long", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 300 }), (raw) => {
        expect(idText(raw)).toMatch(/^[a-zA-Z0-9_-]{1,100}$/);
      }),
    );
  });

  it("differ from those taken", () => {
    const parameters: JsonObject = { Action: "lambda:InvokeFunction", Principal: "sns.amazonaws.com" };
    const taken = new Set<string>();
    const ids = [1, 2, 3].map(() => {
      const id = inventedId(parameters, taken);
      taken.add(id);
      return id;
    });
    expect(ids).toEqual(["sns-InvokeFunction", "sns-InvokeFunction-2", "sns-InvokeFunction-3"]);
  });

  it("do not depend on a value that is known only after apply", () => {
    const unknown: JsonValue = { $unknown: "x" };
    const parameters = {
      Action: "lambda:InvokeFunction",
      Principal: "sns.amazonaws.com",
      SourceArn: unknown,
    };
    expect(inventedId(parameters, new Set())).toBe("sns-InvokeFunction");
  });
});

describe("canonicalParameters", () => {
  it("drops what is not part of a statement, and what is empty", () => {
    expect(
      canonicalParameters({
        StatementId: "a",
        FunctionName: "f",
        RevisionId: "r",
        Principal: "*",
        SourceArn: "",
      }),
    ).toEqual({ Principal: "*" });
  });
});
