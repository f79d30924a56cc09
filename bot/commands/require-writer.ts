/** Refuses a command from a person without write permission, regardless of the stage's gates. */
import { decideGates } from "../gates/gates.ts";
import { readPermission } from "../gates/facts/permission.ts";
import type { CommandContext, CommandOutcome } from "./context.ts";

/** Planning reads AWS with the bot's credentials: only writers may ask for it, above all on forks. */
export async function requireWriter({
  request,
  repository,
  login,
  reply,
}: CommandContext): Promise<CommandOutcome | undefined> {
  const permission = await readPermission(request, repository, login);
  const decision = decideGates(["permission"], {
    command: "other",
    login,
    permission,
    author: "",
    headSha: "",
    pushers: [],
    pull: 0,
    reviews: [],
    checks: [],
    behindBy: 0,
    lock: undefined,
    now: new Date(0),
  });
  if (decision.allowed) return undefined;
  const [gate] = decision.gates;
  return reply.refuse({ code: "GATE_PERMISSION", message: gate?.state ?? "", hint: gate?.next });
}
