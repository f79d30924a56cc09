/** Commands that look at stacks, or stop their runs, on a pull request with a preview. */
import { describe, expect, it } from "vitest";
import { HANDLERS } from "../../../../../bot/commands/registry.ts";
import type { Command } from "../../../../../bot/commands/grammar/commands.ts";
import type { Preview } from "../../../../../bot/services/store.ts";
import { userErrors } from "../../../../../src/model/errors.ts";
import { settingsSchema } from "../../../../../src/settings/schema.ts";
import { createRun } from "../../../../fakes/store.ts";
import { commandContext } from "../asked.ts";
import { aPreview, aRun, previewBot } from "./preview.ts";

const SETTINGS = settingsSchema.parse({
  stages: { dev: { directories: ["apis/a", "apis/new"] } },
  preview: { stage: "dev" },
});

/** What came of a command on pull request 7, whose preview is this one. */
async function asked(command: Command, preview: Preview | undefined = aPreview({ directories: ["apis/a"] })) {
  const said: string[] = [];
  const { store, services } = previewBot({
    settings: "",
    answers: {
      "GET /repos/{owner}/{repo}/collaborators/{username}/permission": async () => ({ permission: "write" }),
      "GET /repos/{owner}/{repo}/git/trees/{tree_sha}": async () => ({
        tree: ["apis/a", "apis/new"].map((path) => ({ path: `${path}/resources.js` })),
      }),
    },
  });
  if (preview !== undefined) await store.setPreview(preview);
  const stack = { ...aRun("b").stack, directory: "apis/a" };
  const run = await createRun(store, { ...aRun("b"), stack });
  const context = await commandContext(services, SETTINGS, command, said);
  const outcome = await HANDLERS[command.name](context).catch((error: unknown) =>
    userErrors(error)?.map(({ code, message }) => `${code}: ${message}`),
  );
  return { outcome, said, cancelled: (await store.getRun(run.id))?.cancelRequested };
}

describe("/cancel", () => {
  it("stops the preview's runs too, unless it names another directory or stage", async () => {
    expect(await asked({ name: "cancel" })).toMatchObject({ outcome: "done", cancelled: true });
    expect(await asked({ name: "cancel", stage: "pr-7" })).toMatchObject({
      outcome: "done",
      cancelled: true,
    });
    for (const more of [{ directory: "apis/new" }, { stage: "dev" }])
      expect(await asked({ name: "cancel", ...more })).toMatchObject({
        outcome: "refused",
        said: ["NOTHING_TO_CANCEL"],
        cancelled: false,
      });
  });

  it("of a preview names what the preview has", async () => {
    const { outcome } = await asked({ name: "cancel", stage: "pr-7", directory: "apis/new" });
    expect(outcome).toEqual(['STACK_UNKNOWN: "apis/new" is not a stack of pr-7']);
    expect((await asked({ name: "cancel", stage: "pr-8" })).outcome).toEqual([
      'STAGE_UNKNOWN: "pr-8" is the preview of another pull request',
    ]);
  });
});

it("/list of a preview asks AWS for nothing of a stack that has nothing there", async () => {
  // Its directory has left the pull request, and was deleted: no commit's spec would say anything of it.
  const { outcome, said } = await asked({ name: "list", stage: "pr-7" });
  expect([outcome, said.join()]).toEqual(["done", expect.stringContaining("No resources.")]);
});
