/** `/adopt NAME`: plans with the named resource taken over; the apply of that plan does the same. */
import { requireWriter } from "./asked/require-writer.ts";
import type { CommandHandler } from "./asked/context.ts";
import { queuePlans } from "./plan.ts";

export const adopt: CommandHandler = async (context) =>
  (await requireWriter(context)) ??
  (await queuePlans(context, context.command.resource === undefined ? [] : [context.command.resource]));
