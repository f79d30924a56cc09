/** What is looked at once more is what is about to be applied, not what the pull request has. */
import { expect, it } from "vitest";
import { lastLook } from "../../../../../bot/runs/checks/last-look.ts";
import type { CommandCause, Run } from "../../../../../src/model/run.ts";
import { createRun } from "../../../../fakes/store.ts";
import { aPull, recorded } from "../../gates/recorded.ts";
import { gateServer } from "../../gates/server.ts";

const BRANCH = "4".repeat(40);

it.each<[string, "open" | "closed", Partial<CommandCause>]>([
  ["a rollback from an open pull request", "open", { rollback: true }],
  ["the branch, for a pull request that was closed without a merge", "closed", {}],
])("takes an environment's branch for that of the stage: %s", async (_what, state, more) => {
  const { request, asked } = recorded({
    "/collaborators/{username}/permission": { permission: "write" },
    "/pulls/{pull_number}": aPull(state),
    "/commits/{ref}": { sha: BRANCH },
    "/environments/{environment_name}": {
      protection_rules: [{ type: "branch_policy" }],
      deployment_branch_policy: { protected_branches: true, custom_branch_policies: false },
    },
    "/branches/{branch}": ({ branch }: { readonly branch?: unknown }) => ({ protected: branch === "main" }),
  });
  const { settings, stage, stack, services } = gateServer();
  const cause = { by: "command", login: "ana", pull: 7, commentId: 1, ...more } as const;
  const run = { id: "1", stack, sha: BRANCH, kind: "apply", cause } as unknown as Run;
  const merge = { by: "merge", login: "ana", commit: BRANCH } as const;
  const { id } = await createRun(services.store, { ...run, group: "g", cause: merge, adopt: [] });
  await services.store.beginRun(id);
  await services.store.endRun(id, 1, { state: "succeeded" });
  const judging = {
    settings,
    stage,
    resuming: false,
    planned: () => undefined,
    seenOn: () => undefined,
    digestOf: async () => "",
  };
  await lastLook(services, request, run, judging)();
  expect(asked.map(([route]) => route)).toContain("GET /repos/{owner}/{repo}/branches/{branch}");
});
