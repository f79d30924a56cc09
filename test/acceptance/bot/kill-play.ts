/** Plays the kills: a round's stories are brought to their points, the process is ended, another one goes on. */
import { expect } from "vitest";
import type { BotProcess } from "../bot-process.ts";
import { changesOf, engineOn } from "../../integration/harness.ts";
import { REGION } from "../world.ts";
import { type Command, type Task, roundsOf } from "./kill-rounds.ts";
import { filesOf, type KillWorld, leftOf, nameOfPoint, pointsOf, type Story } from "./kill-world.ts";

/** How an undisturbed command ends, and where it can be disturbed. */
export interface Usual {
  readonly tasks: readonly Task[];
  readonly left: Readonly<Record<Command, unknown>>;
}

export async function usualOf(kill: KillWorld): Promise<Usual> {
  const [[apply], [plan]] = [await kill.applies(1), kill.plans(1)];
  if (apply === undefined || plan === undefined) throw new Error("no stories");
  await Promise.all([apply, plan].map((story) => kill.ask(story)));
  await Promise.all([apply, plan].map((story) => kill.over(story)));
  const tasks = (command: Command, { name }: Story): readonly Task[] =>
    pointsOf(kill.gate.writesOf(name)).map((point) => ({ command, point }));
  return {
    tasks: [...tasks("apply", apply), ...tasks("plan", plan)],
    left: { apply: leftOf(kill, apply), plan: leftOf(kill, plan) },
  };
}

export interface Played {
  readonly task: Task;
  readonly story: Story;
}

/**
 * Every task in a story of its own, many at a time. `end` ends the process that has them and has another one go on; what
 * it leaves undone may be disturbed again by the next round.
 */
export async function play(
  kill: KillWorld,
  tasks: readonly Task[],
  end: (bot: BotProcess, unfinished: readonly Story[]) => Promise<void>,
): Promise<readonly Played[]> {
  const played: Played[] = [];
  for (const round of roundsOf(tasks)) {
    const count = (wanted: Command): number => round.filter(({ command }) => command === wanted).length;
    const applies = [...(await kill.applies(count("apply")))];
    const plans = [...kill.plans(count("plan"))];
    const now = round.flatMap((task): Played[] => {
      const story = (task.command === "apply" ? applies : plans).pop();
      return story === undefined ? [] : [{ task, story }];
    });
    played.push(...now);
    await Promise.all(now.map(({ story, task }) => kill.ask(story, task.point)));
    await end(
      kill.world.bot(),
      played
        .map(({ story }) => story)
        .filter((story) => !kill.isOver(story) || now.some((one) => one.story === story)),
    );
  }
  await Promise.all(played.map(({ story }) => kill.over(story)));
  return played;
}

/** SIGKILL: what was held is never sent, what was done is never answered. */
export function killed(kill: KillWorld, goOn: () => Promise<unknown>) {
  return async (bot: BotProcess, unfinished: readonly Story[]): Promise<void> => {
    process.kill(bot.pid, "SIGKILL");
    await bot.ended;
    kill.gate.drop();
    for (const { name } of unfinished) kill.gate.watch(name);
    await goOn();
  };
}

/** SIGTERM: the running steps get their answers, and the process ends well. */
export function drained(kill: KillWorld, goOn: () => Promise<unknown>) {
  return async (bot: BotProcess): Promise<void> => {
    process.kill(bot.pid, "SIGTERM");
    await kill.world.github.until("the bot drains", () => bot.log().includes("the bot is stopping"), 60_000);
    kill.gate.release();
    expect(await bot.ended).toBe(0);
    await goOn();
  };
}

/** The same is left of every story as of an undisturbed one, and there is nothing more to do in AWS. */
export async function expectUsual(kill: KillWorld, usual: Usual, played: readonly Played[]): Promise<void> {
  const engine = engineOn({
    ...kill.world.aws.clientConfig(),
    clientConfig: kill.world.aws.clientConfig(),
    region: REGION,
  });
  for (const { task, story } of played) {
    const what = `/${task.command}, killed ${nameOfPoint(task.point)}`;
    expect(leftOf(kill, story), what).toEqual(usual.left[task.command]);
    if (task.command === "plan") continue;
    const files = { ...filesOf(story.name), "package.json": JSON.stringify({ name: `@acme/${story.name}` }) };
    expect(changesOf(await engine.plan(files, { projectName: undefined })), what).toEqual([]);
  }
}
