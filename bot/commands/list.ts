/** `/list [-t TYPE]`: the stack's resources in AWS. */
import { markdownTable } from "markdown-table";
import { listStack } from "../../src/engine/list-stack.ts";
import { stackOptions } from "../stacks/options.ts";
import { code } from "../reports/reply.ts";
import type { CommandHandler } from "./context.ts";
import { targetsOf } from "./queue-runs.ts";
import { requireWriter } from "./require-writer.ts";

/** Rows of one reply; the terminal's `gatewright list` shows everything. */
const MOST_ROWS = 200;

export const list: CommandHandler = async (context) => {
  const refused = await requireWriter(context);
  if (refused !== undefined) return refused;
  const { services, request, settings, command, pull } = context;
  const parts: string[] = [];
  for (const { stack, stage } of await targetsOf(context)) {
    const aws = services.aws(stack, stage, "plan", { runId: `list-${context.commentId}`, pull: pull.number });
    const options = stackOptions(request, settings, { stack, stage }, pull.headSha, aws);
    const found = await listStack(options, aws, command.type);
    const rows = found
      .slice(0, MOST_ROWS)
      .map(({ live, managedByUs }) => [
        code(live.type),
        cell(live.name),
        cell(live.id),
        managedByUs ? "yes" : "no",
      ]);
    const more = found.length - rows.length;
    parts.push(
      [
        `#### ${code(stack.directory)} in ${code(stack.stage)}: ${found.length === 1 ? "1 resource" : `${found.length} resources`}`,
        "",
        rows.length === 0 ? "No resources." : markdownTable([["Resource", "Name", "Id", "Ours"], ...rows]),
        ...(more > 0 ? ["", `… and ${more} more: \`gatewright list\` shows all of them.`] : []),
      ].join("\n"),
    );
  }
  await context.reply.answer(parts.join("\n\n"));
  return "done";
};

/** A pipe ends a table's cell even inside code. */
function cell(text: string): string {
  return code(text).replaceAll("|", "\\|");
}
