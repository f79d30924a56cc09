/**
 * Resources in AWS belong to a stack by project name and stage: two stacks that share both would plan to delete
 * each other's resources. The first one seen keeps the name; the other is refused until it has a different name.
 */
import { fail, userErrors } from "../../src/model/errors.ts";
import { hasChanges, type Plan } from "../../src/model/plan.ts";
import type { GitHubRequest } from "../../src/github/client.ts";
import type { Services } from "../services/services.ts";
import type { Settings } from "../../src/settings/schema.ts";
import { asWritten, stageTargets } from "./targets.ts";
import { removesAll, type Run } from "../../src/model/run.ts";

/** Throws `PROJECT_SHARED` when another stack of the stage uses the plan's project name. */
export async function claimProject(
  { store }: Pick<Services, "store">,
  request: GitHubRequest,
  settings: Settings,
  run: Run,
  plan: Plan,
): Promise<void> {
  const { repository, stage, directory } = run.stack;
  const { projectName } = plan.stack;
  const removes = removesAll(run);
  // Nothing is left of a stack whose resources another one has taken over.
  if (removes && !hasChanges(plan)) return;
  const claim = { repositoryId: repository.id, stage, name: projectName, directory };
  const owner = await store.claimProject(claim);
  if (owner === directory) return;
  if (await isStack(request, settings, run, owner)) shared(owner);
  // The stack that had the name no longer exists. A stack planned at the same time may have taken it already.
  const now = await store.claimProject({ ...claim, from: owner });
  if (now !== directory) shared(now);

  function shared(other: string): never {
    if (removes)
      fail(
        "PROJECT_SHARED",
        `${directory} is to be deleted, but ${other} has its project name "${projectName}" in stage ${stage}`,
        {
          hint: `Nothing was deleted. If ${other} is the same stack in another directory, let it take the resources over: \`/adopt NAME -d ${asWritten(other)}\` for each that its plan names, then apply that plan. If it is another stack, give it a name of its own first.`,
        },
      );
    return fail(
      "PROJECT_SHARED",
      `${directory} and ${other} share the project name "${projectName}" in stage ${stage}`,
      {
        hint: "Each would delete the other's resources. Give each stack its own name, in the package.json or config.js of its directory; use projectName in .github/gatewright.yml for a single stack only.",
      },
    );
  }
}

async function isStack(
  request: GitHubRequest,
  settings: Settings,
  run: Run,
  directory: string,
): Promise<boolean> {
  const { repository, stage } = run.stack;
  try {
    const targets = await stageTargets(request, repository, settings, stage, run.sha);
    return targets.some(({ stack }) => stack.directory === directory);
  } catch (error) {
    if (userErrors(error) === undefined) throw error;
    return false;
  }
}
