/** `/apply`: gates, then a run per stack. */
import type { CommandHandler } from "./context.ts";
import { queueGated } from "./gated.ts";
import { refuseUnfit } from "./unfit.ts";

export const apply: CommandHandler = async (context) =>
  (await refuseUnfit(context)) ?? (await queueGated(context, "apply"));
