/**
 * The whole bot is ended, by SIGKILL or SIGTERM, at every write of an `/apply` and of a `/plan` to GitHub and to AWS.
 * Started again on the same folder it comes to the end that an undisturbed one comes to: each thing made once, each
 * result told once.
 */
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { drained, expectUsual, killed, play, type Usual, usualOf } from "./kill-play.ts";
import { mostOf, someOf } from "./kill-rounds.ts";
import { type KillWorld, leftOf, startKillWorld } from "./kill-world.ts";
import { expectNothingOpen } from "./kill-database.ts";

let kill: KillWorld;
let usual: Usual;
const again = (): Promise<unknown> => kill.world.start(kill.env);

beforeAll(async () => {
  kill = await startKillWorld();
  await again();
  usual = await usualOf(kill);
});
afterAll(() => kill?.close());

test("an apply is disturbed at more than twenty points of AWS and more than ten of GitHub", () => {
  const of = (start: string): number =>
    usual.tasks.filter(({ command, point }) => command === "apply" && point.write.startsWith(start)).length;
  expect(of("aws ")).toBeGreaterThan(20);
  expect(of("github ")).toBeGreaterThan(10);
});

test("SIGKILL: the next process on the folder comes to the same end", async () => {
  const played = await play(kill, mostOf(usual.tasks), killed(kill, again));
  await expectUsual(kill, usual, played);
}, 900_000);

test("SIGTERM: running steps finish, the exit code is 0, the next process does the rest", async () => {
  const played = await play(kill, someOf(usual.tasks, 1), drained(kill, again));
  await expectUsual(kill, usual, played);
}, 900_000);

test("SIGKILL as soon as GitHub has its 202: the command is carried out by the next process", async () => {
  const [story] = await kill.applies(1);
  if (story === undefined) throw new Error("no story");
  const { deliveries } = kill.world.github.hooks;
  const before = deliveries.length;
  await kill.ask(story);
  const taken = (): boolean => deliveries.slice(before).some(({ statusCode }) => statusCode === 202);
  await kill.world.github.until("the delivery is taken", taken, 60_000);
  await killed(kill, again)(kill.world.bot(), [story]);
  await kill.over(story);
  expect(leftOf(kill, story)).toEqual(usual.left.apply);
}, 180_000);

test("in the end no run is open, no stack is locked, no result is untold", async () => {
  expect(await kill.world.bot().stop()).toBe(0);
  await expectNothingOpen({ folder: join(kill.world.folder, "data") });
});
