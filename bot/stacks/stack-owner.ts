/**
 * Over all repositories of a bot a stack has one owner: the first that changed it. Tags alone do not say so of what was made without
 * `gc-source` (by GruCloud, a terminal, an older version), which two repositories of one project name would take from each other.
 */
import { fail } from "../../src/model/errors.ts";
import type { Plan } from "../../src/model/plan.ts";
import type { Run } from "../../src/model/run.ts";
import type { Services } from "../services/services.ts";
import type { StackOwnership } from "../services/store.ts";

function ownership({ stack }: Run, plan: Plan): StackOwnership {
  const { projectName: name, account, region } = plan.stack;
  return { repositoryId: stack.repository.id, account, region, stage: stack.stage, name };
}

/** Throws `PROJECT_SHARED` when another repository has the stack. A plan that takes resources over says so, and is reviewed. */
export async function checkStackOwner(
  { store }: Pick<Services, "store">,
  run: Run,
  plan: Plan,
): Promise<void> {
  const owner = await store.ownerOfStack(ownership(run, plan));
  if (owner !== undefined && owner !== run.stack.repository.id && !takesOver(plan)) refuse(run, plan);
}

/** The same before the first write, which makes the stack this repository's. */
export async function takeStack({ store }: Pick<Services, "store">, run: Run, plan: Plan): Promise<void> {
  const owner = await store.takeStack(ownership(run, plan), takesOver(plan));
  if (owner !== run.stack.repository.id) refuse(run, plan);
}

/** All of it was deleted. */
export function releaseStack({ store }: Pick<Services, "store">, run: Run, plan: Plan): Promise<void> {
  return store.releaseStack(ownership(run, plan));
}

const takesOver = ({ changes }: Plan): boolean => changes.some(({ adopts }) => adopts === true);

/** Without the other repository's name: not everybody who reads this may know it. */
function refuse({ stack: { stage } }: Run, { stack: { projectName, account, region } }: Plan): never {
  return fail(
    "PROJECT_SHARED",
    `another repository has the stack of project "${projectName}" in stage ${stage}, account ${account}, region ${region}`,
    {
      hint: "Each would delete the other's resources. Give this project another name, in package.json or config.js; or send `/destroy` there first, or take resources over with `/adopt NAME`.",
    },
  );
}
