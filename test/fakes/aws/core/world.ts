import { type AccountState, emptyAccount, emptyRegion, type RegionState } from "../state.ts";
import type { Ctx } from "./context.ts";
import { partitionOf } from "./context.ts";
import { createIds, type Ids } from "./ids.ts";
import {
  type Consistency,
  DEFAULT_CONSISTENCY,
  DEFAULT_QUOTAS,
  type FakeAwsOptions,
  type Quotas,
} from "./options.ts";
import type { Service } from "./service.ts";

/** One AWS account: its state in all regions, its clock and its ids. */
export interface World {
  account: AccountState;
  region(name: string): RegionState;
  context(region: string): Ctx;
  now(): number;
  ids: Ids;
  quotas: Quotas;
  consistency: Consistency;
}

const START = Date.UTC(2026, 0, 1);

/** Builds the world; the default clock moves one millisecond each time it is read for a call. */
export function createWorld(options: FakeAwsOptions, services: readonly Service[]): World {
  let ticks = START;
  const clock = options.clock ?? (() => ++ticks);
  const regions = new Map<string, RegionState>();
  const contexts = new Map<string, Ctx>();
  const account = emptyAccount();
  const ids = createIds(options.seed ?? 1);
  const quotas = { ...DEFAULT_QUOTAS, ...options.quotas };
  const consistency = { ...DEFAULT_CONSISTENCY, ...options.consistency };
  const region = (name: string): RegionState => {
    const state = regions.get(name) ?? emptyRegion(name);
    regions.set(name, state);
    return state;
  };
  const context = (name: string): Ctx => {
    const seen = contexts.get(name);
    if (seen !== undefined) return seen;
    const partition = partitionOf(name);
    const ctx: Ctx = {
      account,
      region: region(name),
      accountId: options.account ?? "123456789012",
      regionName: name,
      partition,
      dnsSuffix: partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com",
      ids,
      quotas,
      consistency,
      pageSize: options.pageSize,
      callerArn: options.callerArn,
      accountLogsRole: options.accountLogsRole ?? true,
      now: () => new Date(clock()),
      tagged: () => services.flatMap((service) => [...(service.tagged?.(ctx) ?? [])]),
    };
    contexts.set(name, ctx);
    return ctx;
  };
  return { account, region, context, now: clock, ids, quotas, consistency };
}
