/** `/cancel`: stops this pull request's runs before their next step. */
import { answer, errorAnswer, withFacts } from "../reports/reply.ts";
import type { Run } from "../../src/model/run.ts";
import type { CommandHandler } from "./context.ts";
import { targetsOf } from "./queue-runs.ts";
import { requireWriter } from "./require-writer.ts";

export const cancel: CommandHandler = async (context) => {
  const refused = await requireWriter(context);
  if (refused !== undefined) return refused;
  const { services, pull, login, text } = context;
  const active: Run[] = [];
  for (const { stack } of await targetsOf(context)) {
    const runs = await services.store.listRuns({ stack, states: ["queued", "running"], limit: 100 });
    active.push(...runs.filter((run) => run.cause.by !== "schedule" && run.cause.pull === pull.number));
  }
  if (active.length === 0) {
    await context.reply(
      answer(
        login,
        text,
        errorAnswer([
          {
            code: "NOTHING_TO_CANCEL",
            message: "no run of this pull request is queued or under way",
            hint: "`/status` shows what runs elsewhere.",
          },
        ]),
      ),
    );
    return "refused";
  }
  for (const run of active) await services.store.requestCancel(run.id);
  await context.reply(
    withFacts(
      answer(
        login,
        text,
        `${active.length === 1 ? "The run stops" : `${active.length} runs stop`} before the next step. What is done stays done; the result tells what was not.`,
      ),
      "cancelled",
      { runs: active.map(({ id }) => id) },
    ),
  );
  return "done";
};
