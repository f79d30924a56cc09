import type { Ctx } from "../core/context.ts";
import { trusts } from "./documents.ts";

/** Whether a service can assume a role now: it must exist, trust the service, and have become known to it. */
export function assumableBy(ctx: Ctx, arn: string, service: string): boolean {
  const name = arn.slice(arn.lastIndexOf("/") + 1).toLowerCase();
  const record = ctx.account.roles.get(name);
  if (record === undefined || record.role.Arn !== arn || !trusts(record.trust, service)) return false;
  if (record.notAssumableFor === 0) return true;
  record.notAssumableFor--;
  return false;
}
