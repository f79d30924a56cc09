import type { AccountState, RegionState } from "../state.ts";
import type { Ids } from "./ids.ts";
import type { Consistency, Quotas } from "./options.ts";
import type { Tagged } from "./service.ts";

/** What an operation sees: its region's and account's state, and the sources of time and ids. */
export interface Ctx {
  account: AccountState;
  region: RegionState;
  /** Region states by name, for services that look across (tagging, deleting). */
  accountId: string;
  regionName: string;
  partition: string;
  dnsSuffix: string;
  ids: Ids;
  quotas: Quotas;
  consistency: Consistency;
  /** Largest page, when the options limit it. */
  pageSize: number | undefined;
  callerArn: string | undefined;
  /** Whether the account has the role that WEBSOCKET stages log with. */
  accountLogsRole: boolean;
  now(): Date;
  /** What all services have tags on here, for the tagging API. */
  tagged(): Tagged[];
}

/** AWS's partition of a region. */
export function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  if (region.startsWith("us-gov-")) return "aws-us-gov";
  return "aws";
}

/** The page size in force: what the caller asked for, the service's default, and the fake's own limit. */
export function pageLimit(ctx: Ctx, asked: number | undefined, byDefault: number): number {
  const wanted = asked ?? byDefault;
  return ctx.pageSize === undefined ? wanted : Math.min(wanted, ctx.pageSize);
}
