/** The bot is ended by SIGKILL while previews are applied: started again it completes them, or deletes those that nobody wants any more. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { stateOf } from "../reading.ts";
import { stagedStack } from "../world.ts";
import type { Point } from "./kill-gate.ts";
import { killed } from "./kill-play.ts";
import { type KillWorld, nameOfPoint, startKillWorld, type Story } from "./kill-world.ts";
import { ownComments } from "./world.ts";

const PATIENCE_MS = 60_000;
/** As many previews run at once: the others would wait for those that are held. */
const PLACES = 4;
const SETTINGS = "stages: {dev: {}}\npreview: {stage: dev}\n";

let kill: KillWorld;
beforeAll(async () => {
  kill = await startKillWorld();
  await kill.world.start(kill.env);
});
afterAll(() => kill?.close());

const POINTS: readonly Point[] = [
  { write: "github POST issues/comments", nth: 1, when: "after" },
  { write: "aws CreateApi", nth: 1, when: "before" },
  { write: "aws CreateApi", nth: 1, when: "after" },
  { write: "aws CreateRoute", nth: 1, when: "after" },
  { write: "github POST deployments", nth: 1, when: "after" },
];

function story(): Story {
  const scenario = kill.world.scenario({ settings: SETTINGS });
  const pull = scenario.open({ "resources.js": stagedStack({ api: scenario.name }) });
  return { name: scenario.name, scenario, pull, text: "/preview", asked: undefined, point: undefined };
}

const results = ({ pull }: Story): readonly (string | undefined)[] =>
  ownComments(pull)
    .filter(({ body }) => body.includes("<!-- gatewright:preview "))
    .map(({ body }) => stateOf(body));

/** It is applied and told, or gone where nobody wants it. */
const settled = (one: Story, isWanted: boolean): Promise<unknown> =>
  kill.world.github.until(
    `the ${isWanted ? "preview" : "end"} of ${one.name}, killed ${nameOfPoint(one.point ?? { write: "", nth: 1, when: "after" })}`,
    () =>
      isWanted
        ? results(one)[0] === "done" &&
          one.scenario.repository.deployments[0]?.statuses.at(-1)?.state === "success"
        : one.scenario.apis().length === 0 && kill.isOver(one),
    PATIENCE_MS,
  );

test("nothing is doubled: a preview is completed, or deleted when its pull request was closed meanwhile", async () => {
  const wanted = POINTS.map(story);
  const closed = POINTS.map(story);
  const all = [...wanted, ...closed];
  for (let first = 0; first < all.length; first += PLACES) {
    const round = all.slice(first, first + PLACES);
    await Promise.all(round.map((one, index) => kill.ask(one, POINTS[(first + index) % POINTS.length])));
    await killed(kill, async () => {
      for (const one of round) if (closed.includes(one)) kill.world.ana.close(one.pull);
      await kill.world.start(kill.env);
    })(kill.world.bot(), round);
    for (const one of round) await settled(one, wanted.includes(one));
  }
  for (const one of wanted) {
    const { scenario, pull } = one;
    const where = nameOfPoint(one.point ?? { write: "", nth: 1, when: "after" });
    expect(scenario.apis(), where).toEqual([
      { name: `${one.name}-pr-${pull.number}`, routes: 1, integrations: 1 },
    ]);
    expect(results(one), where).toEqual(["done"]);
    expect(scenario.repository.deployments, where).toHaveLength(1);
  }
  for (const one of closed) expect(results(one).length, one.name).toBeLessThan(2);
}, 300_000);
