/** `/unlock`: unlocks a stack, no matter who locked it. A run's lock stays until the run ends. */
import { joinMarkdown, md, type Markdown } from "../../src/text/markdown.ts";
import { lockedAgo, lockFact, lockLine } from "../gates/lock-line.ts";
import { code, plain } from "../reports/reply.ts";
import type { CommandHandler } from "./asked/context.ts";
import { requireAllowed } from "./asked/require-writer.ts";
import { targetsOrPreview } from "./queue-runs.ts";

export const unlock: CommandHandler = async (context) => {
  const { targets } = await targetsOrPreview(context);
  const refused = await requireAllowed(context, targets);
  if (refused !== undefined) return refused;
  const { services } = context;
  const lines: Markdown[] = [];
  const facts: unknown[] = [];
  for (const { stack } of targets) {
    const current = await services.store.getLock(stack);
    facts.push(lockFact(stack, current?.runId === undefined ? undefined : current.owner));
    if (current === undefined)
      lines.push(md`- ${code(stack.directory)} in ${code(stack.stage)} is not locked`);
    else if (current.runId !== undefined)
      lines.push(
        md`- ${lockLine(current, services.clock.now())}; wait for the run to end, or stop it with \`/cancel\``,
      );
    else {
      await services.store.releaseLock(current);
      lines.push(
        md`- ${code(stack.directory)} in ${code(stack.stage)} is unlocked. It was ${lockedAgo({ owner: plain(current.owner), since: current.since }, services.clock.now())}: ${plain(current.reason)}`,
      );
    }
  }
  await context.reply.answer(joinMarkdown(lines, "\n"), { kind: "locks", value: facts });
  return "done";
};
