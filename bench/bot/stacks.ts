/** A repository with many small stacks, and runs of them that are queued before the bot starts. */
import { createRun } from "../../test/fakes/store.ts";
import { join } from "node:path";
import { openWork } from "../../bot/runs/start.ts";
import { systemClock } from "../../src/index.ts";
import type { BotWorld, Scenario } from "../../test/acceptance/bot/world.ts";
import { proxyStack } from "../../test/acceptance/world.ts";
import type { PullRequest } from "../../test/fakes/github/state/types.ts";
import type { Setting } from "./settings.ts";

interface ManyStacks {
  readonly scenario: Scenario;
  readonly pull: PullRequest;
  readonly directories: readonly string[];
}

/** A pull request with this many directories, each with its own stack and project. */
export function manyStacks(world: BotWorld, count: number): ManyStacks {
  const directories = Array.from({ length: count }, (_, index) => `stack-${index}`);
  const scenario = world.scenario({ settings: "stages:\n  dev:\n    directories: [stack-*]\n" });
  const files = directories.flatMap((name) => [
    [`${name}/resources.js`, proxyStack({ api: name })],
    [`${name}/package.json`, JSON.stringify({ name })],
  ]);
  return { scenario, pull: scenario.open(Object.fromEntries(files)), directories };
}

/** Stores a plan of each stack while no bot is running. */
export async function queueRuns(world: BotWorld, where: Setting, stacks: ManyStacks): Promise<void> {
  const { repository } = stacks.scenario;
  const quiet = { info: () => {}, warn: () => {}, error: () => {} };
  const work = await openWork({
    databaseUrl: where.databaseUrl,
    folder: join(world.folder, "data"),
    clock: systemClock,
    log: quiet,
  });
  try {
    for (const [index, directory] of stacks.directories.entries())
      await createRun(work.store, {
        group: crypto.randomUUID(),
        text: "/plan",
        stack: {
          repository: {
            id: repository.id,
            owner: repository.owner.login,
            name: repository.name,
            defaultBranch: repository.defaultBranch,
            installationId: installationOf(world),
          },
          stage: "dev",
          directory,
        },
        kind: "plan",
        cause: { by: "command", login: "ana", pull: stacks.pull.number, commentId: 1_000_000 + index },
        sha: stacks.pull.pull.head.sha,
        adopt: [],
      });
  } finally {
    await work.stop(0);
  }
}

export function installationOf(world: BotWorld): number {
  const [installation] = world.github.world.installations;
  if (installation === undefined) throw new Error("the App is not installed");
  return installation.id;
}
