/** `/cancel`: stops this pull request's runs before their next step. */
import { md } from "../../src/text/markdown.ts";
import { pullsOf, type Run } from "../../src/model/run.ts";
import type { CommandHandler } from "./asked/context.ts";
import { targetsOf } from "./queue-runs.ts";
import { requireAllowed } from "./asked/require-writer.ts";

export const cancel: CommandHandler = async (context) => {
  const targets = await targetsOf(context);
  const refused = await requireAllowed(context, targets);
  if (refused !== undefined) return refused;
  const { services, pull } = context;
  const active: Run[] = [];
  for (const { stack } of targets) {
    const runs = await services.store.listRuns({
      stack,
      states: ["waiting", "queued", "running"],
      limit: 100,
    });
    active.push(...runs.filter((run) => pullsOf(run.cause).includes(pull.number)));
  }
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
