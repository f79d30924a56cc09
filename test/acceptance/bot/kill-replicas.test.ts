/** Two bots on one Postgres: one of them ends, or freezes, in the middle of everything, and the other one goes on. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { type FakePostgres, startPostgres } from "../../fakes/postgres.ts";
import type { BotProcess } from "../bot-process.ts";
import { expectNothingOpen } from "./kill-database.ts";
import { drained, expectUsual, killed, play, type Usual, usualOf } from "./kill-play.ts";
import { someOf } from "./kill-rounds.ts";
import { type KillWorld, leftOf, startKillWorld, type Story } from "./kill-world.ts";

let postgres: FakePostgres;
let databaseUrl: string;
let kill: KillWorld;
let usual: Usual;
/** All of them are reached at one address, that of the load balancer. */
const another = (): Promise<BotProcess> =>
  kill.world.start(
    { ...kill.env, DATABASE_URL: databaseUrl, PUBLIC_URL: "http://bots.test" },
    { beside: true },
  );
const nothing = async (): Promise<void> => {};

beforeAll(async () => {
  postgres = await startPostgres();
  databaseUrl = postgres.database("bots");
  kill = await startKillWorld();
  await another();
  usual = await usualOf(kill);
});
afterAll(async () => {
  await kill?.close();
  postgres?.stop();
});

test("SIGKILL of one: the other one notices, and comes to the same end", async () => {
  const die = killed(kill, nothing);
  const played = await play(kill, someOf(usual.tasks), async (bot, unfinished) => {
    await another();
    await die(bot, unfinished);
  });
  await expectUsual(kill, usual, played);
}, 900_000);

test("SIGTERM of one: it finishes its steps and ends with 0, the other one does the rest", async () => {
  const end = drained(kill, nothing);
  const played = await play(kill, someOf(usual.tasks, 2), async (bot) => {
    await another();
    await end(bot);
  });
  await expectUsual(kill, usual, played);
}, 900_000);

test("one that was frozen and wakes up when the other one has finished its run writes nothing more", async () => {
  const [story] = await kill.applies(1);
  if (story === undefined) throw new Error("no story");
  // Nothing else is under way then: a write between its fence and the wire would be on its way already.
  await kill.ask(story, { write: "aws CreateFunction", nth: 2, when: "after" });
  expect(kill.gate.writesOf(story.name)).toContain("aws CreateStage");
  const frozen = kill.world.bot();
  process.kill(frozen.pid, "SIGSTOP");
  kill.gate.release();
  await another();
  await kill.over(story);
  const { length } = kill.gate.writesOf(story.name);
  process.kill(frozen.pid, "SIGCONT");
  await woken(frozen, story);
  expect(await frozen.stop()).toBe(0);
  const since = kill.gate.writesOf(story.name).slice(length);
  // It may look at AWS, and edit the comment once more: with what the database says by now.
  const harmless = (done: string): boolean =>
    done.startsWith("aws read ") || done === "github PATCH issues/comments";
  expect(since.filter((done) => !harmless(done))).toEqual([]);
  expect(leftOf(kill, story)).toEqual(usual.left.apply);
}, 180_000);

/** It has noticed whose run it is now. */
function woken(bot: BotProcess, { name }: Story): Promise<true> {
  const says = /"why":"(taken-over|unlocked)"/;
  return kill.world.github.until(`the frozen bot of ${name} notices`, () => says.test(bot.log()), 60_000);
}

test("in the end no run is open, no stack is locked, no result is untold", async () => {
  expect(await kill.world.bot().stop()).toBe(0);
  await expectNothingOpen({ databaseUrl });
});
