/** Requests to GitHub: what `/plan` over many stacks costs, and what follows when nobody commands. */
import { setTimeout as pause } from "node:timers/promises";
import { startBotWorld } from "../../test/acceptance/bot/world.ts";
import type { Measured } from "../result.ts";
import { manyStacks } from "./stacks.ts";

const SILENCE_MS = 10_000;

export async function measureRequests(count: number): Promise<Measured[]> {
  const world = await startBotWorld();
  try {
    const { pull } = manyStacks(world, count);
    await world.quiet();
    const requests = (): number => world.github.requests.length;
    const before = requests();
    const asked = world.ana.comment(pull, "/plan");
    await world.github.until(
      "the plans",
      () => asked.reactions.some(({ content }) => content === "rocket"),
      240_000,
    );
    const answered = requests();
    await pause(SILENCE_MS);
    const what = `GitHub: \`/plan\` over ${count} ${count === 1 ? "stack" : "stacks"}`;
    return [
      { what, unit: "calls", limit: 60 + 6 * count, measured: answered - before },
      {
        what: `${what}, in the ${SILENCE_MS / 1000} s after the answer`,
        unit: "calls",
        limit: 0,
        measured: requests() - answered,
      },
    ];
  } finally {
    await world.close();
  }
}
