/** `/cancel`: stops this pull request's runs before their next step. */
import { md } from "../../src/text/markdown.ts";
import { pullsOf, type RunSummary } from "../../src/model/run.ts";
import type { Target } from "../stacks/targets.ts";
import type { CommandContext, CommandHandler } from "./asked/context.ts";
import { requireAllowed } from "./asked/require-writer.ts";
import { standingPreview } from "./previews/standing.ts";
import { targetsOrPreview } from "./queue-runs.ts";

export const cancel: CommandHandler = async (context) => {
  const { services, command } = context;
  const { targets } = await targetsOrPreview(context);
  const preview = command.stage === undefined ? ((await standingPreview(context))?.targets ?? []) : [];
  const previewed = await runsOf(context, preview);
  const refused = await requireAllowed(context, [...targets, ...(previewed.length > 0 ? preview : [])]);
  if (refused !== undefined) return refused;
  const active = [...(await runsOf(context, targets)), ...previewed];
  if (active.length === 0) {
    return context.reply.refuse({
      code: "NOTHING_TO_CANCEL",
      message: "this pull request has no queued or running run",
      hint: "`/status` shows the newest runs of each stack.",
    });
  }
  for (const run of active) await services.store.requestCancel(run.id);
  const stops = active.length === 1 ? md`The run stops` : md`${active.length} runs stop`;
  await context.reply.answer(
    md`${stops} before the next step. Completed changes are kept; the result lists what was not done.`,
    { kind: "cancelled", value: { runs: active.map(({ id }) => id) } },
  );
  return "done";
};

async function runsOf(
  { services, pull }: CommandContext,
  targets: readonly Target[],
): Promise<readonly RunSummary[]> {
  const states = ["waiting", "queued", "running"] as const;
  const runs = await Promise.all(
    targets.map(({ stack }) => services.store.listRuns({ stack, states, limit: 100 })),
  );
  return runs.flat().filter((run) => pullsOf(run.cause).includes(pull.number));
}
