import { describe, expect, it } from "vitest";
import {
  decidePreview,
  type Occasion,
  type PreviewFacts,
} from "../../../../../bot/commands/previews/decide.ts";
import type { Preview } from "../../../../../bot/services/store.ts";
import { lifetimeOf, previewSchema } from "../../../../../src/settings/preview.ts";
import { PULL } from "../../gates/pull.ts";
import { aPreview } from "./preview.ts";

const settings = previewSchema.parse({ stage: "dev" });
const automatic = previewSchema.parse({ stage: "dev", automatic: true });
const byLabel = previewSchema.parse({ stage: "dev", label: "preview" });
const known = aPreview({ sha: PULL.headSha });
const behind = aPreview({ sha: "0".repeat(40) });
const off: Preview = { ...known, wanted: false, why: "off" };
const gone: Preview = { ...known, wanted: false, why: "closed", goneAt: new Date(1) };

const on: Occasion = { kind: "command", on: true, login: "ana", key: "5" };
const head: Occasion = { kind: "head", login: "ben", allowed: true };
const stranger: Occasion = { kind: "head", login: "eve", allowed: false };
const look: Occasion = { kind: "look" };

const decide = (facts: Partial<PreviewFacts>) =>
  decidePreview({ settings, pull: PULL, known: undefined, occasion: look, now: 0, ...facts });
const LABELLED = { ...PULL, labels: ["bug", "Preview"] };

describe("what is wanted of a preview", () => {
  it.each<[string, Partial<PreviewFacts>, ReturnType<typeof decidePreview>]>([
    ["/preview makes one", { occasion: on }, { wanted: true, why: "command", login: "ana" }],
    [
      "/preview makes the same again",
      { occasion: on, known },
      { wanted: true, why: "command", login: "ana" },
    ],
    [
      "/preview brings back one that is gone",
      { occasion: on, known: gone },
      { wanted: true, why: "command", login: "ana" },
    ],
    ["the same command twice asks once", { occasion: on, known: { ...known, asked: "5" } }, undefined],
    ["a push updates it", { occasion: head, known: behind }, { wanted: true, why: "push", login: "ben" }],
    ["a push that is known already changes nothing", { occasion: head, known }, undefined],
    [
      "a push by somebody who may have none changes nothing",
      { occasion: stranger, known: behind },
      undefined,
    ],
    ["a push without a preview makes none", { occasion: head }, undefined],
    [
      "a push makes one where all get one",
      { occasion: head, settings: automatic },
      { wanted: true, why: "automatic", login: "ben" },
    ],
    ["a stranger's makes none there", { occasion: stranger, settings: automatic }, undefined],
    [
      "a push keeps why it exists",
      { occasion: head, known: { ...behind, why: "label" } },
      { wanted: true, why: "label", login: "ben" },
    ],
    [
      "the label makes one",
      { occasion: head, settings: byLabel, pull: LABELLED },
      { wanted: true, why: "label", login: "ben" },
    ],
    [
      "another label makes none",
      { occasion: head, settings: byLabel, pull: { ...PULL, labels: ["bug"] } },
      undefined,
    ],
    [
      "the label taken off ends one that it made",
      { occasion: { kind: "unlabeled" }, settings: byLabel, known: { ...known, why: "label" } },
      { wanted: false, why: "unlabeled" },
    ],
    [
      "another label taken off ends none",
      {
        occasion: { kind: "unlabeled" },
        settings: byLabel,
        pull: LABELLED,
        known: { ...known, why: "label" },
      },
      undefined,
    ],
    [
      "the label taken off keeps one that was asked for",
      { occasion: { kind: "unlabeled" }, settings: byLabel, known },
      undefined,
    ],
    ["/preview off ends it", { occasion: { ...on, on: false }, known }, { wanted: false, why: "off" }],
    [
      "after off no push brings it back",
      { occasion: head, settings: automatic, known: { ...off, goneAt: new Date(1) } },
      undefined,
    ],
    [
      "after its end a push brings it back where all get one",
      { occasion: head, settings: automatic, known: gone },
      { wanted: true, why: "automatic", login: "ben" },
    ],
    ["closing ends it", { pull: { ...PULL, state: "closed" }, known }, { wanted: false, why: "closed" }],
    [
      "merging ends it",
      { pull: { ...PULL, state: "closed", merged: true }, known },
      { wanted: false, why: "merged" },
    ],
    [
      "what is to be deleted is not told so twice",
      { pull: { ...PULL, state: "closed" }, known: off },
      undefined,
    ],
    ["what is gone is left alone", { pull: { ...PULL, state: "closed" }, known: gone }, undefined],
    ["its time ends it", { known, now: known.expiresAt.getTime() }, { wanted: false, why: "expired" }],
    ["before its time nothing does", { known, now: known.expiresAt.getTime() - 1 }, undefined],
    [
      "a push at the end of its time keeps it",
      { known: behind, occasion: head, now: known.expiresAt.getTime() },
      { wanted: true, why: "push", login: "ben" },
    ],
    [
      "settings without previews end it",
      { settings: undefined, known },
      { wanted: false, why: "unconfigured" },
    ],
    [
      "a push that nobody told of is caught up with",
      { known: behind },
      { wanted: true, why: "push", login: "ana" },
    ],
    [
      "not where only some people's commits run",
      { known: behind, settings: { ...settings, allowed: ["ana"] } },
      undefined,
    ],
  ])("%s", (_what, facts, wish) => {
    expect(decide(facts)).toEqual(wish);
  });

  it.each([on, head, look, { kind: "unlabeled" }] as const)("a fork gets none ($kind)", (occasion) => {
    const fork = { ...LABELLED, fork: true };
    for (const some of [settings, automatic, byLabel])
      expect(decide({ occasion, settings: some, pull: fork })).toBeUndefined();
  });
});

it("lives for hours or days", () => {
  expect([lifetimeOf({ ttl: "12h" }), lifetimeOf({ ttl: "3d" })]).toEqual([43_200_000, 259_200_000]);
});
