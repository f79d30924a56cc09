/** Stages side by side: dev and prod of the first example in one account, by the running bot. */
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { codesIn, planIdIn } from "../reading.ts";
import { REGION } from "../world.ts";
import { type BotWorld, startBotWorld } from "./world.ts";

let world: BotWorld;
beforeAll(async () => {
  world = await startBotWorld();
});
afterAll(() => world?.close());
afterEach(() => expect(world.github.violations).toEqual([]));

const EXAMPLE = fileURLToPath(new URL("../../../examples/http-lambda/", import.meta.url));
const files = Object.fromEntries(
  readdirSync(EXAMPLE, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => [relative(EXAMPLE, file), readFileSync(file, "utf8")]),
);

const settings = (names: string) =>
  `stages:
  dev:
    region: ${REGION}
    gates: [permission, plan-current]
${names}  prod:
    region: ${REGION}
    gates: [permission, plan-current]
${names}`;

test("both are applied from one pull request, and each answers for itself", async () => {
  const { open } = world.scenario({ settings: settings('    names: "{name}-{stage}"\n') });
  const pull = open(files);
  for (const stage of ["dev", "prod"]) {
    const planned = await world.ask(pull, `/plan -s ${stage}`);
    expect(codesIn(planned.body)).toEqual([]);
    // Once, in the plan's second line; the table speaks of the spec's names.
    expect(planned.body).toContain(`{name}-${stage}`);
    const applied = await world.ask(pull, `/apply ${planIdIn(planned.body)} -s ${stage}`);
    expect(applied.reaction, applied.body).toBe("rocket");
  }
  const { functions, apis } = world.aws.state;
  expect([...functions.keys()].sort()).toEqual(["my-function-dev", "my-function-prod"]);
  expect([...apis.values()].map(({ api }) => api.Name).sort()).toEqual(["my-api-dev", "my-api-prod"]);

  const gone = await world.ask(pull, "/destroy -s dev");
  const confirmed = await world.ask(pull, `/destroy ${planIdIn(gone.body)} -s dev`);
  expect(confirmed.reaction, confirmed.body).toBe("rocket");
  expect([...functions.keys()]).toEqual(["my-function-prod"]);
  const list = await world.ask(pull, "/list -s prod");
  expect(list.body).toContain("my-function");
  const leftover = await world.ask(pull, "/plan -s prod");
  expect(codesIn(leftover.body)).toEqual([]);
  await world
    .ask(pull, "/destroy -s prod")
    .then(({ body }) => world.ask(pull, `/destroy ${planIdIn(body)} -s prod`));
  expect(functions.size).toBe(0);
}, 120_000);

test("without names, the second stage is refused: the plan says who has the names", async () => {
  const { open } = world.scenario({ settings: settings("") });
  const pull = open(files);
  const { body } = await world.ask(pull, "/plan -s dev");
  expect((await world.ask(pull, `/apply ${planIdIn(body)} -s dev`)).reaction).toBe("rocket");
  const second = await world.ask(pull, "/plan -s prod");
  expect(new Set(codesIn(second.body))).toEqual(new Set(["FOREIGN_RESOURCE"]));
  expect(second.body).toContain('stage "dev"');
  expect(second.body).not.toContain("/adopt");
}, 60_000);
