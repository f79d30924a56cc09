/** `/list [-t TYPE]`: the stack's resources in AWS. */
import { counted, figure, joinMarkdown, md, type Markdown } from "../../src/text/markdown.ts";
import { type Listed, listStack } from "../../src/engine/list-stack.ts";
import { fitting } from "../../src/report/markdown/size-limit.ts";
import { table } from "../../src/text/table.ts";
import { stackOptions } from "../stacks/options.ts";
import { fewEnough, type Target } from "../stacks/targets.ts";
import { code } from "../reports/reply.ts";
import type { CommandHandler } from "./asked/context.ts";
import { requireWriter } from "./asked/require-writer.ts";
import { targetsOrPreview } from "./queue-runs.ts";

/** Rows of one reply; the terminal's `gatewright list` shows everything. */
const MOST_ROWS = 200;
/** GitHub takes 65,536 characters; the rest is for headings and what stands around the lists. */
const MOST_BYTES = 50_000;

export const list: CommandHandler = async (context) => {
  const refused = await requireWriter(context);
  if (refused !== undefined) return refused;
  const { services, request, command, pull } = context;
  const { targets, settings, preview } = await targetsOrPreview(context);
  const listed = ({ stack, stage }: Target, sha: string): Promise<readonly Listed[]> => {
    const aws = services.aws(stack, stage, "plan", { runId: `list-${context.commentId}`, pull: pull.number });
    return listStack(stackOptions(services, request, settings, stack, sha, aws), aws, command.type);
  };
  const listings: Listing[] = [];
  for (const target of fewEnough(targets)) {
    const { stack } = target;
    // A preview has what was applied there last: the head may no longer have the directory.
    const sha =
      preview === undefined ? pull.headSha : (await services.store.previewStacks(stack)).at(-1)?.sha;
    listings.push({
      title: md`${code(stack.directory)} in ${code(stack.stage)}`,
      found: sha === undefined ? [] : await listed(target, sha),
    });
  }
  await context.reply.answer(listText(listings));
  return "done";
};

interface Listing {
  /** The stack, as Markdown. */
  readonly title: Markdown;
  readonly found: readonly Listed[];
}

/** The lists of all stacks, each with its share of a comment. Pure. */
export function listText(listings: readonly Listing[]): Markdown {
  const share = Math.floor(MOST_BYTES / Math.max(1, listings.length));
  return joinMarkdown(
    listings.map(({ title, found }) => {
      const rows = [
        ...fitting(found.slice(0, MOST_ROWS), (one) => joinMarkdown(rowOf(one), " | "), share).keys(),
      ].map(rowOf);
      const more = found.length - rows.length;
      return joinMarkdown(
        [
          md`#### ${title}: ${counted(found.length, "resource")}`,
          found.length === 0 ? md`No resources.` : table(["Resource", "Name", "Id", "Ours"], rows),
          ...(more > 0 ? [md`… and ${figure(more)} more: \`gatewright list\` shows all of them.`] : []),
        ],
        "\n\n",
      );
    }),
    "\n\n",
  );
}

function rowOf({ live, managedByUs }: Listed): readonly Markdown[] {
  return [code(live.type), code(live.name), code(live.id), managedByUs ? md`yes` : md`no`];
}
