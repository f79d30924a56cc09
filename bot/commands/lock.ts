/** `/lock REASON`: locks a stack until `/unlock`, or until the pull request is merged or closed; on a drift issue until `/unlock`. */
import { joinMarkdown, md, type Markdown } from "../../src/text/markdown.ts";
import { lockFact, lockLine } from "../gates/lock-line.ts";
import type { CommandHandler } from "./asked/context.ts";
import { requireAllowed } from "./asked/require-writer.ts";
import { targetsOrPreview } from "./queue-runs.ts";

export const lock: CommandHandler = async (context) => {
  const { targets } = await targetsOrPreview(context);
  const refused = await requireAllowed(context, targets);
  if (refused !== undefined) return refused;
  const { services, command, login, pull } = context;
  const lines: Markdown[] = [];
  const facts: unknown[] = [];
  let held = true;
  for (const { stack } of targets) {
    const taken = await services.store.acquireLock(stack, login, command.reason ?? "", { pull: pull.number });
    const current = taken ?? (await services.store.getLock(stack));
    if (taken === undefined) held = false;
    facts.push(lockFact(stack, current?.owner));
    if (current !== undefined)
      lines.push(
        md`- ${taken === undefined ? md`already locked: ` : md``}${lockLine(current, services.clock.now())}`,
      );
  }
  // Issues are closed and opened again by every comparison.
  const until = pull.isIssue === true ? md`` : md`, or until this pull request is merged or closed`;
  await context.reply.answer(
    md`${joinMarkdown(lines, "\n")}\n\nNothing is applied to a locked stack until \`/unlock\`${until}.`,
    { kind: "locks", value: facts },
  );
  return held ? "done" : "refused";
};
