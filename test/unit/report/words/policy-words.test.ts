import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonValue } from "../../../../src/model/values.ts";
import { attachedChanges, policyChanges, policyLineText } from "../../../../src/report/words/policy-words.ts";
import { samePolicy } from "../../../../src/resources/policy/document.ts";

const TABLE = "arn:aws:dynamodb:eu-west-2:840541460064:table/orders";
const allow = (Action: JsonValue, Resource: JsonValue, more: Record<string, JsonValue> = {}) => ({
  Effect: "Allow",
  Action,
  Resource,
  ...more,
});
const policy = (...Statement: JsonValue[]): JsonValue => ({ Version: "2012-10-17", Statement });
const words = (before: JsonValue | undefined, after: JsonValue | undefined): readonly string[] =>
  (policyChanges(before, after) ?? []).map((line) => `${line.sign} ${policyLineText(line)}`);

describe("a change of a policy in words", () => {
  it.each<[string, JsonValue | undefined, JsonValue | undefined, readonly string[]]>([
    [
      "an action more",
      policy(allow("dynamodb:GetItem", TABLE)),
      policy(allow(["dynamodb:PutItem", "dynamodb:GetItem"], TABLE)),
      ["+ dynamodb:PutItem on table/orders"],
    ],
    [
      "the same name in every account",
      policy(allow("dynamodb:GetItem", TABLE)),
      policy(allow("dynamodb:GetItem", "arn:aws:dynamodb:*:*:table/orders")),
      [`- dynamodb:GetItem on ${TABLE}`, "+ dynamodb:GetItem on arn:aws:dynamodb:*:*:table/orders"],
    ],
    [
      "a narrower resource",
      policy(allow("logs:*", "*")),
      policy(allow("logs:*", TABLE)),
      ["- logs:* on *", "+ logs:* on table/orders"],
    ],
    [
      "actions together per resource, resources together per actions",
      undefined,
      policy(allow(["a:B", "a:A"], ["x", "y"])),
      ["+ a:A, a:B on x, y"],
    ],
    [
      "a denial",
      undefined,
      policy({ Effect: "Deny", Action: "s3:*", Resource: "*" }),
      ["+ denies s3:* on *"],
    ],
    [
      "all but some",
      undefined,
      policy({ Effect: "Allow", NotAction: ["iam:*", "a:*"], Resource: "*" }),
      ["+ everything but a:*, iam:* on *"],
    ],
    [
      "who may assume a role",
      policy({ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }),
      policy({ Effect: "Allow", Principal: "*", Action: "sts:AssumeRole" }),
      ["- sts:AssumeRole by lambda.amazonaws.com", "+ sts:AssumeRole by anybody"],
    ],
    [
      "a condition",
      undefined,
      policy(allow("s3:GetObject", "*", { Condition: { StringEquals: { "aws:SourceAccount": "1" } } })),
      ["+ s3:GetObject on * if aws:SourceAccount StringEquals 1"],
    ],
    [
      "a resource that is made by the apply",
      undefined,
      policy(allow("dynamodb:GetItem", { $unknown: "DynamoDB::Table::orders Arn" })),
      ["+ dynamodb:GetItem on orders (new)"],
    ],
    ["a document as text", undefined, JSON.stringify(policy(allow("a:B", "*"))), ["+ a:B on *"]],
    [
      "the same in another order and case",
      policy(allow(["a:B", "a:C"], "*")),
      policy(allow("a:c", ["*"]), allow("a:b", "*")),
      [],
    ],
  ])("%s", (_, before, after, lines) => {
    expect(words(before, after)).toEqual(lines);
  });

  it("of anything else there is none", () => {
    expect(policyChanges(undefined, undefined)).toBeUndefined();
    expect(policyChanges("a", "b")).toBeUndefined();
    expect(policyChanges({ Statement: "x" }, policy())).toBeUndefined();
    expect(policyChanges(undefined, { Statement: [] })).toEqual([]);
    expect(policyChanges(undefined, ["x"])).toBeUndefined();
  });
});

const some = <T>(...values: T[]) => fc.uniqueArray(fc.constantFrom(...values), { minLength: 1 });
const statement = fc.record({
  Effect: fc.constantFrom("Allow", "Deny"),
  Action: some("a:A", "a:B", "b:C"),
  Resource: some("*", "x", TABLE),
});
const document = fc.array(statement, { maxLength: 4 }).map((all): JsonValue => policy(...all));

/** Every single grant, as the words would tell it. */
const grants = (value: JsonValue): ReadonlySet<string> =>
  new Set(
    (policyChanges(undefined, value) ?? []).flatMap(({ denies, actions, resources }) =>
      actions.flatMap((action) => resources.map((resource) => `${denies} ${action} ${resource}`)),
    ),
  );

describe("any two policies", () => {
  it("what is removed and added leads from the one to the other", () => {
    fc.assert(
      fc.property(document, document, (before, after) => {
        const held = new Set(grants(before));
        for (const { sign, denies, actions, resources } of policyChanges(before, after) ?? [])
          for (const action of actions)
            for (const resource of resources) {
              const grant = `${denies} ${action} ${resource}`;
              expect(held.has(grant)).toBe(sign === "-");
              if (sign === "-") held.delete(grant);
              else held.add(grant);
            }
        expect([...held].sort()).toEqual([...grants(after)].sort());
      }),
    );
  });

  it("that mean the same have no change, and the way back is the way there with other signs", () => {
    fc.assert(
      fc.property(document, document, (before, after) => {
        if (samePolicy(before, after)) expect(policyChanges(before, after)).toEqual([]);
        const turned = words(after, before).map((line) =>
          line.replace(/^[+-]/, (sign) => (sign === "+" ? "-" : "+")),
        );
        expect([...turned].sort()).toEqual([...words(before, after)].sort());
      }),
    );
  });
});

describe("a change of the managed policies of a role", () => {
  const A = "arn:aws:iam::aws:policy/AdministratorAccess";
  const B = "arn:aws:iam::840541460064:policy/my-policy";
  const made = { $unknown: "IAM::Policy::new-policy id" };

  it.each<[string, JsonValue | undefined, JsonValue | undefined, readonly string[]]>([
    ["comes with a new role", undefined, [A], ["+ policy/AdministratorAccess"]],
    ["is another policy", [A], [B], ["- policy/AdministratorAccess", "+ policy/my-policy"]],
    ["is one more, which is made in the same plan", [A], [A, made], ["+ new-policy (new)"]],
    ["is none where the list holds something else", undefined, [A, "text"], []],
    ["is none where no policy is known", undefined, [made], []],
  ])("%s", (_, before, after, lines) => {
    expect(attachedChanges(before, after).map((one) => `${one.sign} ${one.policy}`)).toEqual(lines);
  });
});
