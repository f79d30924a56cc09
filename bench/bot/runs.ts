/** Runs: the time from `/apply` to the first write, and the number of plans a second. GitHub and AWS answer at once. */
import { startBotWorld } from "../../test/acceptance/bot/world.ts";
import type { Measured } from "../result.ts";
import { median } from "./numbers.ts";
import { metricOf, until } from "./process.ts";
import { type Kind, setting } from "./settings.ts";
import { manyStacks, queueRuns } from "./stacks.ts";

const APPLIES = 9;
const PLANS = 100;

export async function measureRuns(kind: Kind): Promise<Measured[]> {
  const where = await setting(kind);
  const world = await startBotWorld({ stopped: true, env: where.env });
  try {
    const stacks = manyStacks(world, PLANS);
    await queueRuns(world, where, stacks);
    const bot = await world.start();
    const done = (): Promise<number> => metricOf(bot, 'gatewright_runs_total{kind="plan",state="succeeded"}');
    // The first ones finish while the bot is still starting.
    await until("the first plans", async () => (await done()) >= 10);
    const [first, started] = [await done(), performance.now()];
    await until("all plans", async () => (await done()) === PLANS);
    const seconds = (performance.now() - started) / 1000;

    const waits: number[] = [];
    for (let number = 0; number < APPLIES; number += 1) {
      const { pull, planId } = await world.scenario().reviewed();
      world.aws.resetCalls();
      const asked = Date.now();
      const comment = world.ana.comment(pull, `/apply ${planId}`);
      await world.answered(pull, comment);
      const write = world.aws.calls.find((call) => call.write);
      if (write === undefined) throw new Error("the apply wrote nothing");
      waits.push(write.at - asked);
    }
    return [
      {
        what: `${where.what}: from /apply to the first write to AWS`,
        unit: "ms",
        measured: median(waits),
      },
      {
        what: `${where.what}: runs (plans of a small stack, each reported in a comment)`,
        unit: "a second",
        measured: (PLANS - first) / seconds,
      },
    ];
  } finally {
    await world.close();
    where.stop();
  }
}
