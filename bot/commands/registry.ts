/** Every command and who carries it out. */
import { apply } from "./apply.ts";
import type { CommandHandler } from "./context.ts";
import { destroy } from "./destroy.ts";
import { drift } from "./drift.ts";
import type { CommandName } from "./grammar.ts";
import { help } from "./help.ts";
import { list } from "./list.ts";
import { cancel, lock, status, unlock } from "./locks.ts";
import { adopt, plan } from "./plan.ts";

export const HANDLERS: Readonly<Record<CommandName, CommandHandler>> = {
  plan,
  apply,
  adopt,
  destroy,
  list,
  drift,
  lock,
  unlock,
  cancel,
  status,
  help,
};
