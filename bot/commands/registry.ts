/** Every command and its handler. */
import { adopt } from "./adopt.ts";
import { apply } from "./apply.ts";
import { cancel } from "./cancel.ts";
import type { CommandHandler } from "./asked/context.ts";
import { destroy } from "./destroy.ts";
import { drift } from "./drift.ts";
import type { CommandName } from "./grammar/commands.ts";
import { help } from "./help.ts";
import { list } from "./list.ts";
import { lock } from "./lock.ts";
import { plan } from "./plan.ts";
import { preview } from "./preview.ts";
import { release } from "./release.ts";
import { rollback } from "./rollback.ts";
import { status } from "./status.ts";
import { unlock } from "./unlock.ts";

export const HANDLERS: Readonly<Record<CommandName, CommandHandler>> = {
  plan,
  apply,
  adopt,
  destroy,
  rollback,
  preview,
  list,
  drift,
  lock,
  unlock,
  release,
  cancel,
  status,
  help,
};
