/** Which events GitHub is asked about at all. */
import { expect, it } from "vitest";
import {
  onPreviewClosed,
  onPreviewHead,
  onPreviewUnlabeled,
  sweepPreviews,
} from "../../../../../bot/events/previews/changes.ts";
import type { Preview } from "../../../../../bot/services/store.ts";
import { parseSettings } from "../../../../../src/settings/parse.ts";
import { previewGroup } from "../../../../../bot/commands/previews/stacks.ts";
import { aStack } from "../../../../fakes/store.ts";
import { aPreview, aRun, previewBot } from "../../commands/previews/preview.ts";

const WITHOUT = "stages: {dev: {}}\n";
const ASKED_FOR = `${WITHOUT}preview: {stage: dev}\n`;
const LABELLED = `${WITHOUT}preview: {stage: dev, label: preview}\n`;
const AUTOMATIC = `${WITHOUT}preview: {stage: dev, automatic: true}\n`;

async function bot(settings: string | undefined, known?: Preview) {
  const made = previewBot({ settings: settings ?? "", answers: {} });
  const { repository } = aPreview();
  if (settings !== undefined) await made.store.setLastSettings(repository.id, parseSettings(settings));
  if (known !== undefined) await made.store.setPreview(known);
  return { ...made, event: { repository, pull: 7, login: "ana" } };
}

it.each<[string, string | undefined, Preview | undefined]>([
  ["a repository that has never been seen", undefined, undefined],
  ["a repository without previews", WITHOUT, undefined],
  ["a pull request without one, where people ask for them", ASKED_FOR, undefined],
  [
    "one that is gone, where people ask for them",
    ASKED_FOR,
    aPreview({ wanted: false, goneAt: new Date(1) }),
  ],
])("GitHub is asked nothing about %s", async (_what, settings, known) => {
  const { services, event, asked } = await bot(settings, known);
  await onPreviewHead(services, event);
  if (settings !== undefined) await onPreviewHead(services, { ...event, label: "preview" });
  await onPreviewUnlabeled(services, event);
  await onPreviewClosed(services, event);
  await sweepPreviews(services);
  expect(asked).toEqual([]);
});

it.each<[string, string, string | undefined, boolean]>([
  ["the label of previews", LABELLED, "Preview", true],
  ["another label", LABELLED, "bug", false],
  ["a label where every pull request has one", AUTOMATIC, "bug", false],
  ["a push", LABELLED, undefined, true],
  ["a push where every pull request has one", AUTOMATIC, undefined, true],
])("%s", async (_what, settings, label, isLookedAt) => {
  const { services, event, asked } = await bot(settings);
  await onPreviewHead(services, { ...event, label }).catch(() => {});
  expect(asked.length > 0).toBe(isLookedAt);
});

it("looking after many reads the settings of a repository once, and says once that it cannot", async () => {
  const read = "GET /repos/{owner}/{repo}/contents/{path}";
  const pull = "GET /repos/{owner}/{repo}/pulls/{pull_number}";
  const answers = {
    [pull]: async () => ({
      state: "open",
      head: { sha: "1".repeat(40), repo: { id: 1 } },
      base: { repo: { id: 1 } },
    }),
  };
  const { services, store, asked, warned } = previewBot({ settings: ASKED_FOR, answers });
  for (const number of [7, 8, 9]) {
    await store.setPreview(aPreview({ pull: number }));
    const cause = { by: "preview", login: "ana", pull: number, version: 1, why: "command" } as const;
    const group = previewGroup(aPreview({ pull: number }));
    await store.createRuns([
      aRun("1".repeat(40), { group, cause, stack: aStack({ stage: `pr-${number}` }) }),
    ]);
  }
  await sweepPreviews(services);
  expect(asked).toEqual([read, pull, pull, pull]);
  expect(warned).toEqual([]);
  const away = { ...services, github: () => Promise.reject(new Error("Not Found")) };
  await sweepPreviews(away);
  expect(warned).toEqual(["could not look after a preview"]);
});

it("a label reads the settings of a repository that has never been seen, and goes on where they ask for it", async () => {
  const read = "GET /repos/{owner}/{repo}/contents/{path}";
  const asked = async (settings: string): Promise<readonly string[]> => {
    const { services, asked } = previewBot({ settings, answers: {} });
    const event = { repository: aPreview().repository, pull: 7, login: "ana", label: "preview" };
    await onPreviewHead(services, event).catch(() => {});
    return asked;
  };
  expect(await asked(WITHOUT)).toEqual([read]);
  expect(await asked("stages: 1\n")).toEqual([read]);
  expect((await asked(LABELLED)).length).toBeGreaterThan(1);
});
