/** The number of AWS calls, which does not depend on the machine. test/integration/call-counts.test.ts checks it. */
import { tenResources } from "../test/integration/ten-resources.ts";
import { changesOf, failuresOf } from "../test/integration/harness.ts";
import { type Account, startAccount } from "./account.ts";
import type { Measured } from "./result.ts";
import { manyRoutes } from "./stacks.ts";
import { addStrangers } from "./strangers.ts";

type Files = Readonly<Record<string, string>>;

interface Run {
  readonly calls: number;
  readonly seconds: number;
}

/** Pages of at least 100 items, so that 400 unrelated resources add at most three pages to one list. */
const PAGES_OF_ONE_LIST = 3;

async function timed(account: Account, work: () => Promise<void>): Promise<Run> {
  account.proxy.reset();
  const started = performance.now();
  await work();
  return { calls: account.proxy.calls.length, seconds: (performance.now() - started) / 1000 };
}

async function applyThenPlan(
  account: Account,
  files: Files,
): Promise<{ apply: Run; plan: Run; left: number }> {
  const apply = await timed(account, async () => {
    const failures = failuresOf(await account.engine.apply(files));
    if (failures.length > 0) throw new Error(failures.join("\n"));
  });
  let left = 0;
  const plan = await timed(account, async () => {
    left = changesOf(await account.engine.plan(files)).length;
  });
  return { apply, plan, left };
}

/** The ten resources, alone and beside unrelated resources. */
export async function measureTen(strangers: number): Promise<Measured[]> {
  const account = await startAccount();
  try {
    await addStrangers(account.fake, strangers);
    const { apply, plan, left } = await applyThenPlan(account, tenResources);
    const beside = strangers === 0 ? "" : `, beside ${strangers} unrelated APIs, functions and roles`;
    const more = strangers === 0 ? 0 : PAGES_OF_ONE_LIST;
    const peer = strangers === 0 ? { apply: 92, plan: 29, seconds: 2.2, whole: 5 } : undefined;
    return [
      {
        what: `10 resources: apply from nothing${beside}`,
        unit: "calls",
        limit: 40 + more,
        measured: apply.calls,
        ...(peer && { peer: peer.apply }),
      },
      {
        what: `10 resources: plan without changes${beside}`,
        unit: "calls",
        limit: 18 + more,
        measured: plan.calls,
        peer: peer?.plan ?? 8882,
      },
      { what: `10 resources: changes of that plan${beside}`, unit: "changes", limit: 0, measured: left },
      {
        what: `10 resources: apply from nothing${beside}, wall`,
        unit: "s",
        measured: apply.seconds,
        ...(peer && { peer: peer.whole }),
      },
      {
        what: `10 resources: plan without changes${beside}, wall`,
        unit: "s",
        measured: plan.seconds,
        peer: peer?.seconds ?? 30.3,
      },
    ];
  } finally {
    await account.close();
  }
}

/** APIs with routes and integrations, on long pages or short ones. */
export async function measureMany(pageSize?: number): Promise<Measured[]> {
  const [apis, routes] = [9, 25];
  const account = await startAccount(pageSize === undefined ? {} : { pageSize });
  try {
    const { apply, plan, left } = await applyThenPlan(account, manyRoutes(apis, routes));
    const what = `${apis} APIs × ${routes} routes × ${routes} integrations`;
    const paged = pageSize === undefined ? "" : `, pages of ${pageSize}`;
    const short = pageSize !== undefined && pageSize < routes;
    // Only APIs: no functions, roles or policies. Short pages are up to AWS.
    const limit = short ? {} : { limit: 6 * apis + 5 };
    return [
      {
        what: `${what}: plan without changes${paged}`,
        unit: "calls",
        ...limit,
        measured: plan.calls,
        ...(pageSize === undefined && { peer: 83 }),
      },
      { what: `${what}: changes of that plan${paged}`, unit: "changes", limit: 0, measured: left },
      ...(pageSize === undefined
        ? ([
            { what: `${what}: apply from nothing`, unit: "calls", measured: apply.calls, peer: 2933 },
            { what: `${what}: plan without changes, wall`, unit: "s", measured: plan.seconds, peer: 4.4 },
          ] satisfies Measured[])
        : []),
    ];
  } finally {
    await account.close();
  }
}
