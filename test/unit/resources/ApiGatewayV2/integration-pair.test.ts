import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pairIntegrations } from "../../../../src/resources/ApiGatewayV2/integration/pair.ts";
import type { Live, Pairable } from "../../../../src/resources/type.ts";
import { canonicalJson, type JsonObject } from "../../../../src/model/values.ts";

const live = (id: string, state: JsonObject, name = "n"): Live => ({
  type: "ApiGatewayV2::Integration",
  name,
  id,
  parentId: "api",
  state,
  attributes: {},
});
const to = (IntegrationUri: JsonObject[string], more: JsonObject = {}): JsonObject => ({
  IntegrationType: "HTTP_PROXY",
  IntegrationUri,
  ...more,
});
const pairsOf = (desired: readonly Pairable[], lives: readonly Live[]): Record<string, string> =>
  Object.fromEntries([...pairIntegrations(desired, lives)].map(([one, other]) => [one.name, other.id]));

describe("pairing integrations", () => {
  it.each<[string, Pairable[], Live[], Record<string, string>]>([
    ["by target", [{ name: "a", state: to("x") }], [live("1", to("y")), live("2", to("x"))], { a: "2" }],
    [
      "equal ones first, whatever the order",
      [
        { name: "a", state: to("x", { TimeoutInMillis: 1 }) },
        { name: "b", state: to("x", { TimeoutInMillis: 2 }) },
      ],
      [live("1", to("x", { TimeoutInMillis: 2 })), live("2", to("x", { TimeoutInMillis: 9 }))],
      { a: "2", b: "1" },
    ],
    [
      "by fewest differences",
      [
        { name: "a", state: to("x", { TimeoutInMillis: 1, Description: "d" }) },
        { name: "b", state: to("x", { TimeoutInMillis: 5, Description: "e" }) },
      ],
      [live("1", to("x", { TimeoutInMillis: 5 })), live("2", to("x", { TimeoutInMillis: 1 }))],
      { a: "2", b: "1" },
    ],
    [
      "not across kinds",
      [{ name: "a", state: to("x") }],
      [live("1", { ...to("x"), IntegrationType: "AWS_PROXY" })],
      {},
    ],
    [
      "a changed target, when one is left on each side",
      [{ name: "a", state: to("x") }],
      [live("1", to("y"))],
      { a: "1" },
    ],
    [
      "nothing guessed of two",
      [
        { name: "a", state: to("x") },
        { name: "b", state: to("z") },
      ],
      [live("1", to("y"))],
      {},
    ],
    [
      "nothing guessed among two",
      [{ name: "a", state: to("x") }],
      [live("1", to("y")), live("2", to("z"))],
      {},
    ],
    [
      "by name while the target is to be made anew",
      [
        { name: "n::f", state: to({ $unknown: "f" }) },
        { name: "n::g", state: to({ $unknown: "g" }) },
      ],
      [live("1", to("arn:g"), "n::g"), live("2", to("arn:f"), "n::f")],
      { "n::f": "2", "n::g": "1" },
    ],
    [
      "subtypes apart",
      [
        {
          name: "a",
          state: {
            IntegrationType: "AWS_PROXY",
            IntegrationSubtype: "SQS-SendMessage",
            RequestParameters: { QueueUrl: "q" },
          },
        },
      ],
      [
        live("1", {
          IntegrationType: "AWS_PROXY",
          IntegrationSubtype: "SQS-PurgeQueue",
          RequestParameters: { QueueUrl: "q" },
        }),
        live("2", {
          IntegrationType: "AWS_PROXY",
          IntegrationSubtype: "SQS-SendMessage",
          RequestParameters: { QueueUrl: "q", MessageBody: "b" },
        }),
      ],
      { a: "2" },
    ],
  ])("%s", (_what, desired, lives, expected) => {
    expect(pairsOf(desired, lives)).toEqual(expected);
  });

  const state = fc.record(
    {
      IntegrationType: fc.constantFrom("HTTP_PROXY", "AWS_PROXY"),
      IntegrationUri: fc.constantFrom<JsonObject[string]>("x", "y", "z", { $unknown: "u" }),
      TimeoutInMillis: fc.constantFrom(1, 2, 3),
      RequestParameters: fc.dictionary(fc.constantFrom("a", "b"), fc.constantFrom("1", "2"), {
        noNullPrototype: true,
      }),
    },
    { requiredKeys: ["IntegrationType", "IntegrationUri"] },
  ) as fc.Arbitrary<JsonObject>;
  const desired = fc
    .array(state, { maxLength: 6 })
    .map((states) => states.map((one, index): Pairable => ({ name: `d${index}`, state: one })));
  const lives = fc
    .array(
      state.filter(({ IntegrationUri }) => typeof IntegrationUri === "string"),
      { maxLength: 6 },
    )
    .map((states) => states.map((one, index) => live(`l${index}`, one, `d${(index * 7) % 6}`)));

  it("does not depend on the order of either side", () => {
    fc.assert(
      fc.property(
        desired.chain((all) =>
          fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
        ),
        lives.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        ([one, mixed], [other, shuffled]) => {
          expect(pairsOf(mixed, shuffled)).toEqual(pairsOf(one, other));
        },
      ),
    );
  });

  it("gives each at most one partner, of its kind", () => {
    fc.assert(
      fc.property(desired, lives, (one, other) => {
        const pairs = [...pairIntegrations(one, other)];
        expect(new Set(pairs.map(([, partner]) => partner.id)).size).toBe(pairs.length);
        for (const [mine, partner] of pairs)
          expect(mine.state.IntegrationType).toBe(partner.state.IntegrationType);
      }),
    );
  });

  it("never gives away what equals a desired one", () => {
    fc.assert(
      fc.property(desired, lives, (one, other) => {
        const pairs = pairIntegrations(one, other);
        const count = (states: readonly { state: JsonObject }[], text: string): number =>
          states.filter((any) => canonicalJson(any.state) === text).length;
        for (const text of new Set(one.map(({ state: any }) => canonicalJson(any)))) {
          const equal = [...pairs].filter(
            ([mine, partner]) => canonicalJson(mine.state) === text && canonicalJson(partner.state) === text,
          );
          expect(equal).toHaveLength(Math.min(count(one, text), count(other, text)));
        }
      }),
    );
  });

  it("leaves no two of a kind and target unpaired", () => {
    fc.assert(
      fc.property(desired, lives, (one, other) => {
        const pairs = pairIntegrations(one, other);
        const taken = new Set(pairs.values());
        for (const mine of one.filter(
          (any) => !pairs.has(any) && typeof any.state.IntegrationUri === "string",
        ))
          for (const partner of other.filter((any) => !taken.has(any)))
            expect([mine.state.IntegrationType, mine.state.IntegrationUri]).not.toEqual([
              partner.state.IntegrationType,
              partner.state.IntegrationUri,
            ]);
      }),
    );
  });
});
