/** Which stacks and which commit `/drift` compares AWS with. */
import { expect, it } from "vitest";
import { drift } from "../../../../bot/commands/drift.ts";
import { settingsSchema } from "../../../../src/settings/schema.ts";
import { commandContext } from "./asked.ts";
import { previewBot } from "./previews/preview.ts";

it("/drift compares the stacks that the stage's branch has, not those of the pull request", async () => {
  const HEADS: Readonly<Record<string, string>> = { main: "a".repeat(40), "release/1.x": "b".repeat(40) };
  const { store, services } = previewBot({
    settings: "",
    answers: {
      "GET /repos/{owner}/{repo}/collaborators/{username}/permission": async () => ({ permission: "write" }),
      "GET /repos/{owner}/{repo}/commits/{ref}": async ({ ref }) => ({ sha: HEADS[String(ref)] }),
      "GET /repos/{owner}/{repo}/git/trees/{tree_sha}": async ({ tree_sha }) => ({
        tree: [{ path: `apis/${tree_sha === HEADS["release/1.x"] ? "released" : "new"}/resources.js` }],
      }),
    },
  });
  const settings = settingsSchema.parse({
    stages: { prod: { branch: "release/1.x", directories: ["apis/*"] } },
  });
  expect(await drift(await commandContext(services, settings, { name: "drift" }))).toBe("later");
  const runs = await store.listRuns({});
  expect(runs.map(({ stack, sha }) => [stack.directory, sha])).toEqual([
    ["apis/released", HEADS["release/1.x"]],
  ]);
});
