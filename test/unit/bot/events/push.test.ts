/** Which pushes are looked at: those to branches that stages are deployed from. */
import { expect, it } from "vitest";
import { onPush } from "../../../../bot/events/push.ts";
import { previewBot } from "../commands/previews/preview.ts";
import { aStack } from "../../../fakes/store.ts";

const { repository } = aStack();
const SETTINGS = "stages: { dev: {}, prod: { branch: release } }\n";
const FILE = "GET /repos/{owner}/{repo}/contents/{path}";

async function askedAfter(branch: string, settings = SETTINGS): Promise<readonly string[]> {
  const { services, asked } = previewBot({ settings, answers: {} });
  const event = {
    repository,
    ref: `refs/heads/${branch}`,
    before: "1".repeat(40),
    after: "2".repeat(40),
    login: "ana",
    deleted: false,
  };
  // What is asked beyond the settings has no answer here: then the push is looked at.
  await onPush(services, event).catch(() => undefined);
  return asked;
}

it("the first push to a stage's branch counts, although nobody has read the settings before", async () => {
  const asked = await askedAfter("release");
  expect(asked[0]).toBe(FILE);
  expect(asked.length).toBeGreaterThan(1);
});

it.each([
  ["a topic branch", "topic", SETTINGS],
  [
    "a branch of settings that are not valid",
    "release",
    "stages: { prod: { branch: release, drift: never } }\n",
  ],
])("the first push to %s asks for the settings, and is not looked at", async (_, branch, settings) => {
  expect(await askedAfter(branch, settings)).toEqual([FILE]);
});
