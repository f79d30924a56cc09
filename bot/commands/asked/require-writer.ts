/** Refuses a command from a person without the permission for it, regardless of the stage's gates. */
import { readPerson } from "../../gates/facts/person.ts";
import { permission } from "../../gates/permission.ts";
import type { Target } from "../../stacks/targets.ts";
import type { CommandContext, CommandOutcome } from "./context.ts";

/** Planning reads AWS with the bot's credentials: only writers may ask for it, above all on forks. */
export function requireWriter(context: CommandContext): Promise<CommandOutcome | undefined> {
  return check(context, undefined);
}

/**
 * What decides whether others can apply (locks, holds, the end of a run) is for those who may apply themselves: writers, and where a
 * stage names people, only these.
 */
export async function requireAllowed(
  context: CommandContext,
  targets: readonly Target[],
): Promise<CommandOutcome | undefined> {
  for (const allowed of new Set(targets.map(({ stage }) => stage.allowed))) {
    const refused = await check(context, allowed);
    if (refused !== undefined) return refused;
  }
  return undefined;
}

async function check(
  { request, repository, login, reply }: CommandContext,
  allowed: readonly string[] | undefined,
): Promise<CommandOutcome | undefined> {
  const gate = permission(await readPerson(request, repository, login, allowed));
  if (gate.passed) return undefined;
  return reply.refuse({ code: "GATE_PERMISSION", message: gate.state, hint: gate.next });
}
