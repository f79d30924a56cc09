import { expect, it } from "vitest";
import { checkPreview } from "../../../../../bot/runs/checks/preview.ts";
import type { Preview } from "../../../../../bot/services/store.ts";
import type { GitHubRequest } from "../../../../../src/github/client.ts";
import type { PreviewCause, RunKind } from "../../../../../src/model/run.ts";
import { aStack, createMemoryStore } from "../../../../fakes/store.ts";
import { aPreview } from "../../commands/previews/preview.ts";

const SHA = "1".repeat(40);
const OPEN = {
  state: "open",
  merged: false,
  head: { sha: SHA, repo: { id: 1 } },
  base: { repo: { id: 1 } },
};
const github =
  (pull: object, permission: string): GitHubRequest =>
  async (route) => ({
    status: 200,
    headers: {},
    data: route.includes("/permission") ? { permission, role_name: permission } : pull,
  });

async function judged(
  now: Partial<Preview>,
  {
    pull = OPEN,
    permission = "write",
    kind = "apply",
  }: { readonly pull?: object; readonly permission?: string; readonly kind?: RunKind } = {},
): Promise<unknown> {
  const store = createMemoryStore();
  const newest = aPreview(now);
  for (let version = 1; version <= newest.version; version += 1)
    await store.setPreview({ ...newest, version });
  const cause: PreviewCause = { by: "preview", login: "ana", pull: 7, version: 1, why: "command" };
  const run = { stack: aStack({ stage: "pr-7" }), sha: SHA, kind };
  return checkPreview({ store }, github(pull, permission), run, cause, {}).catch(({ code }) => code);
}

it.each<[string, Parameters<typeof judged>, unknown]>([
  ["what is wanted is applied", [{}], undefined],
  ["not what something newer has replaced", [{ version: 2 }], "OVERTAKEN"],
  ["not in a pull request that was closed", [{}, { pull: { ...OPEN, state: "closed" } }], "OVERTAKEN"],
  [
    "not a head that has moved",
    [{}, { pull: { ...OPEN, head: { ...OPEN.head, sha: "2".repeat(40) } } }],
    "OVERTAKEN",
  ],
  ["not a fork", [{}, { pull: { ...OPEN, head: { sha: SHA, repo: { id: 2 } } } }], "PULL_FORK"],
  ["not for somebody who may no longer write", [{}, { permission: "read" }], "GATE_CLOSED"],
  [
    "a deletion asks nobody",
    [{ wanted: false }, { kind: "destroy", permission: "none", pull: { ...OPEN, state: "closed" } }],
    undefined,
  ],
  ["but not when the preview is wanted again", [{ version: 2 }, { kind: "destroy" }], "OVERTAKEN"],
])("%s", async (_what, given, code) => {
  expect(await judged(...given)).toBe(code);
});
