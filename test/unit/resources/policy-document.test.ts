import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  canonicalPolicy,
  decodedPolicy,
  parsedPolicy,
  samePolicy,
} from "../../../src/resources/policy/document.ts";
import type { JsonObject, JsonValue } from "../../../src/model/values.ts";

const allow = (more: JsonObject): JsonObject => ({ Effect: "Allow", ...more });
const document = (...Statement: JsonValue[]): JsonObject => ({ Version: "2012-10-17", Statement });

describe("documents that mean the same", () => {
  it.each<[string, JsonValue, JsonValue]>([
    [
      "one statement, in a list or not",
      { Version: "2012-10-17", Statement: allow({ Action: "s3:*" }) },
      document(allow({ Action: "s3:*" })),
    ],
    ["one action", document(allow({ Action: "s3:*" })), document(allow({ Action: ["s3:*"] }))],
    [
      "the order of actions",
      document(allow({ Action: ["a:b", "a:c"] })),
      document(allow({ Action: ["a:c", "a:b"] })),
    ],
    [
      "the case of actions",
      document(allow({ Action: "S3:getobject" })),
      document(allow({ Action: "s3:GetObject" })),
    ],
    [
      "an action twice",
      document(allow({ NotAction: ["a:b", "a:b"] })),
      document(allow({ NotAction: "a:b" })),
    ],
    [
      "the order of resources",
      document(allow({ Resource: ["x", "y"] })),
      document(allow({ Resource: ["y", "x"] })),
    ],
    [
      "the order of statements",
      document(allow({ Action: "a:b" }), allow({ Action: "a:c" })),
      document(allow({ Action: "a:c" }), allow({ Action: "a:b" })),
    ],
    ["an empty Sid", document(allow({ Sid: "", Action: "a:b" })), document(allow({ Action: "a:b" }))],
    ["an empty condition", document(allow({ Condition: {} })), document(allow({}))],
    [
      "an account and its root",
      document(allow({ Principal: { AWS: "123456789012" } })),
      document(allow({ Principal: { AWS: ["arn:aws:iam::123456789012:root"] } })),
    ],
    ["anybody", document(allow({ Principal: "*" })), document(allow({ Principal: { AWS: "*" } }))],
    [
      "the order of services",
      document(allow({ Principal: { Service: ["a", "b"] } })),
      document(allow({ Principal: { Service: ["b", "a"] } })),
    ],
    [
      "condition values as text",
      document(
        allow({
          Condition: { Bool: { "aws:SecureTransport": true }, NumericLessThan: { "s3:max-keys": 10 } },
        }),
      ),
      document(
        allow({
          Condition: { NumericLessThan: { "s3:max-keys": ["10"] }, Bool: { "aws:SecureTransport": "true" } },
        }),
      ),
    ],
    [
      "the case of condition keys",
      document(allow({ Condition: { ArnLike: { "AWS:SourceArn": "x" } } })),
      document(allow({ Condition: { ArnLike: { "aws:SourceArn": ["x"] } } })),
    ],
    [
      "text and object",
      JSON.stringify(document(allow({ Action: "a:b" }))),
      document(allow({ Action: ["a:b"] })),
    ],
    [
      "no version and the old one",
      { Statement: [allow({})] },
      { Version: "2008-10-17", Statement: [allow({})] },
    ],
  ])("%s", (_what, one, other) => {
    expect(samePolicy(one, other)).toBe(true);
  });
});

describe("documents that do not", () => {
  it.each<[string, JsonValue, JsonValue]>([
    ["another action", document(allow({ Action: "a:b" })), document(allow({ Action: "a:c" }))],
    ["Action and NotAction", document(allow({ Action: "a:b" })), document(allow({ NotAction: "a:b" }))],
    ["another effect", document({ Effect: "Deny" }), document({ Effect: "Allow" })],
    [
      "the case of a resource",
      document(allow({ Resource: "arn:X" })),
      document(allow({ Resource: "arn:x" })),
    ],
    [
      "a service and an account",
      document(allow({ Principal: { Service: "x" } })),
      document(allow({ Principal: { AWS: "x" } })),
    ],
    [
      "Principal and NotPrincipal",
      document(allow({ Principal: "*" })),
      document(allow({ NotPrincipal: "*" })),
    ],
    ["another Sid", document(allow({ Sid: "a" })), document(allow({}))],
    ["the newest version and none", document(allow({})), { Statement: [allow({})] }],
    [
      "a statement more",
      document(allow({ Action: "a:b" }), allow({ Action: "a:c" })),
      document(allow({ Action: "a:b" })),
    ],
    [
      "the value of a condition",
      document(allow({ Condition: { StringEquals: { k: "A" } } })),
      document(allow({ Condition: { StringEquals: { k: "a" } } })),
    ],
    [
      "a role and its account",
      document(allow({ Principal: { AWS: "arn:aws:iam::123456789012:role/x" } })),
      document(allow({ Principal: { AWS: "123456789012" } })),
    ],
  ])("%s", (_what, one, other) => {
    expect(samePolicy(one, other)).toBe(false);
  });

  it("leaves what is not known yet alone", () => {
    expect(canonicalPolicy({ $unknown: "x" })).toEqual({ $unknown: "x" });
    const half = document(
      allow({ Resource: [{ $unknown: "x" }, "a"], Principal: { AWS: { $unknown: "y" } } }),
    );
    expect(JSON.stringify(canonicalPolicy(half))).toContain('{"$unknown":"x"}');
  });
});

describe("reading", () => {
  it("decodes what IAM encodes", () => {
    const policy = document(allow({ Action: "a:b", Resource: "arn:aws:s3:::x/%20+ü" }));
    expect(decodedPolicy(encodeURIComponent(JSON.stringify(policy)))).toEqual(policy);
    expect(decodedPolicy(JSON.stringify(policy))).toEqual(policy);
    expect(decodedPolicy(undefined)).toEqual({});
  });

  it("keeps text that is no JSON", () => {
    expect(parsedPolicy("nonsense")).toBe("nonsense");
  });
});

const word = fc.constantFrom("a:b", "a:c", "s3:Get*", "*", "arn:aws:iam::123456789012:root", "123456789012");
const some = fc.oneof(word, fc.uniqueArray(word, { minLength: 1 }));
const scalar = fc.oneof(fc.constantFrom("x", "true", "10"), fc.boolean(), fc.integer({ min: 0, max: 20 }));
const statementArbitrary: fc.Arbitrary<JsonObject> = fc.record(
  {
    Sid: fc.constantFrom("", "one", "two"),
    Effect: fc.constantFrom("Allow", "Deny"),
    Action: some,
    Resource: some,
    Principal: fc.oneof(
      fc.constant("*"),
      fc.dictionary(fc.constantFrom("AWS", "Service", "Federated"), some),
    ),
    Condition: fc.dictionary(
      fc.constantFrom("StringEquals", "Bool", "ArnLike"),
      fc.dictionary(fc.constantFrom("aws:x", "AWS:X2"), fc.oneof(scalar, fc.array(scalar, { minLength: 1 }))),
    ),
  },
  { requiredKeys: ["Effect"] },
) as fc.Arbitrary<JsonObject>;
const documentArbitrary = fc
  .array(statementArbitrary, { minLength: 1, maxLength: 4 })
  .map((list) => document(...list));

/** The same document, written by somebody else: everything reordered and wrapped as chance has it. */
function rewritten(value: JsonValue, flips: () => boolean, inStatement = false): JsonValue {
  if (Array.isArray(value)) {
    const items = value.map((item) => rewritten(item, flips, true));
    return flips() ? items.reverse() : items;
  }
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]): [string, JsonValue] => {
    const next = rewritten(inner, flips, true);
    if (!Array.isArray(next)) {
      const listable = ["Action", "Resource", "AWS", "Service", "Federated"].includes(key);
      return [key, listable && flips() ? [next] : next];
    }
    return [key, next.length === 1 && flips() ? (next[0] ?? null) : next];
  });
  if (inStatement && "Effect" in value && !("Sid" in value) && flips()) entries.push(["Sid", ""]);
  return Object.fromEntries(flips() ? entries.reverse() : entries);
}

describe("canonicalPolicy, for any document", () => {
  it("is the same however the document is written", () => {
    fc.assert(
      fc.property(documentArbitrary, fc.infiniteStream(fc.boolean()), (policy, coins) => {
        const flips = (): boolean => coins.next().value === true;
        expect(canonicalPolicy(rewritten(policy, flips))).toEqual(canonicalPolicy(policy));
      }),
    );
  });

  it("does not change what is canonical, and survives IAM's encoding", () => {
    fc.assert(
      fc.property(documentArbitrary, (policy) => {
        const once = canonicalPolicy(policy);
        expect(canonicalPolicy(once)).toEqual(once);
        expect(canonicalPolicy(decodedPolicy(encodeURIComponent(JSON.stringify(policy))))).toEqual(once);
      }),
    );
  });

  it("sees every change of an effect", () => {
    fc.assert(
      fc.property(documentArbitrary, (policy) => {
        const statements = policy.Statement;
        if (!Array.isArray(statements)) return;
        const [first, ...rest] = statements;
        const turned = { ...(first as JsonObject), Effect: "Turned" };
        expect(samePolicy(policy, document(turned, ...rest))).toBe(false);
      }),
    );
  });
});
