/** What becomes of a preview's deployments. */
import { expect, it } from "vitest";
import { finishDeployment } from "../../../../bot/reports/deployment.ts";
import type { PreviewCause } from "../../../../src/model/run.ts";
import { aStack, createRun } from "../../../fakes/store.ts";
import { aRun, previewBot } from "../commands/previews/preview.ts";

const stack = aStack({ stage: "pr-7" });
const cause: PreviewCause = { by: "preview", login: "ana", pull: 7, version: 2, why: "push" };
const STATUSES = "/repos/{owner}/{repo}/deployments/{deployment_id}/statuses";

/** A bot whose pull request no longer has the stack, and asks for something newer already. */
async function removing() {
  const bot = previewBot({
    settings: "stages: {dev: {}}\n",
    answers: {
      "GET /repos/{owner}/{repo}/deployments": async () => [
        { id: 1, creator: { login: "gatewright[bot]" }, payload: { run: "earlier" } },
      ],
      [`GET ${STATUSES}`]: async () => [{ state: "success" }],
      [`POST ${STATUSES}`]: async ({ state }) => ({ state }),
    },
  });
  const { sha, kind, group, adopt } = aRun("1".repeat(40));
  const goneFrom = "2".repeat(40);
  const run = await createRun(bot.store, { stack, cause, sha, kind, group, adopt, goneFrom });
  const remove = () => finishDeployment(bot.services, { ...run, state: "succeeded" });
  return {
    ...bot,
    remove,
    request: { stack, cause: { ...cause, version: 3 }, sha, kind, group: "newer", adopt },
  };
}

it("a stack that a push took away is shown as inactive, also when the next push came before that was told", async () => {
  const { remove, asked } = await removing();
  await remove();
  expect(asked).toContain(`POST ${STATUSES}`);
});

it("a stack that the next push brought back stays active", async () => {
  const { remove, asked, store, request } = await removing();
  await createRun(store, request);
  await remove();
  expect(asked).not.toContain(`POST ${STATUSES}`);
});
