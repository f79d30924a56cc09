/** `/adopt NAME`: plans with the named resource taken over; the apply of that plan does the same. */
import type { CommandHandler } from "./context.ts";
import { queuePlans } from "./plan.ts";
import { requireWriter } from "./require-writer.ts";

export const adopt: CommandHandler = async (context) =>
  (await requireWriter(context)) ??
  (await queuePlans(context, context.command.resource === undefined ? [] : [context.command.resource]));
