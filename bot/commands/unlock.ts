/** `/unlock`: ends a freeze, whoever made it. The lock of a run is left to the run. */
import { lockFact, lockLine } from "../gates/lock-line.ts";
import { answer, code, plain, withFacts } from "../reports/reply.ts";
import type { CommandHandler } from "./context.ts";
import { targetsOf } from "./queue-runs.ts";
import { requireWriter } from "./require-writer.ts";

export const unlock: CommandHandler = async (context) => {
  const refused = await requireWriter(context);
  if (refused !== undefined) return refused;
  const { services, login, text } = context;
  const lines: string[] = [];
  const facts: unknown[] = [];
  for (const { stack } of await targetsOf(context)) {
    const current = await services.store.getLock(stack);
    facts.push(lockFact(stack, current?.runId === undefined ? undefined : current.owner));
    if (current === undefined)
      lines.push(`- ${code(stack.directory)} in ${code(stack.stage)} was not locked`);
    else if (current.runId !== undefined)
      lines.push(`- ${lockLine(current, services.clock.now())}; a run ends by itself or by \`/cancel\``);
    else {
      await services.store.releaseLock(current);
      lines.push(
        `- ${code(stack.directory)} in ${code(stack.stage)} is free again; ${plain(current.owner)} held it: ${plain(current.reason)}`,
      );
    }
  }
  await context.reply(withFacts(answer(login, text, lines.join("\n")), "locks", facts));
  return "done";
};
