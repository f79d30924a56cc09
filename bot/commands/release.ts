/** `/release`: ends the hold that a pull request has on a stack because it was applied before its merge. */
import { joinMarkdown, md, type Markdown } from "../../src/text/markdown.ts";
import { readHold, releaseHold } from "../gates/facts/hold.ts";
import { code } from "../reports/reply.ts";
import type { CommandHandler } from "./asked/context.ts";
import { targetsOf } from "./queue-runs.ts";
import { requireAllowed } from "./asked/require-writer.ts";

/** Whoever may apply to a stack may end a hold on it. */
export const release: CommandHandler = async (context) => {
  const { services, request } = context;
  const targets = await targetsOf(context);
  const refused = await requireAllowed(context, targets);
  if (refused !== undefined) return refused;
  const lines: Markdown[] = [];
  const facts: unknown[] = [];
  for (const { stack } of targets) {
    const where = md`${code(stack.directory)} in ${code(stack.stage)}`;
    const hold = await readHold(services, request, stack);
    const lock = await services.store.getLock(stack);
    const { directory, stage } = stack;
    if (hold === undefined || hold.closedAt !== undefined) {
      lines.push(md`- ${where} is not held`);
      facts.push({ directory, stage });
    } else if (lock?.runId !== undefined && lock.pull === hold.pull) {
      lines.push(
        md`- ${where}: a run of #${hold.pull} is under way; wait for its end, or stop it with \`/cancel\``,
      );
      facts.push({ directory, stage, heldBy: hold.pull });
    } else {
      const queued = await releaseHold(services, request, hold);
      const then =
        queued === 0
          ? md``
          : md`; ${queued === 1 ? md`the merge` : md`${queued} merges`} that waited will run`;
      lines.push(md`- ${where} is no longer held by #${hold.pull}${then}`);
      facts.push({ directory, stage, released: hold.pull });
    }
  }
  await context.reply.answer(
    md`${joinMarkdown(lines, "\n")}\n\nWhat was applied stays until the next apply of the stack, which undoes what is not in its commit.`,
    { kind: "holds", value: facts },
  );
  return "done";
};
