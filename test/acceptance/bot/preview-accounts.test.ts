/** Previews in an account of their own: the bot as a process assumes their role, follows them when they move, and finds what nobody knows. */
import pg from "pg";
import { PgBoss } from "pg-boss";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { QUEUE_SCHEMA } from "../../../bot/db/schema/migrations.ts";
import { createFakeAws, type FakeAws } from "../../fakes/aws/fake-aws.ts";
import type { PullRequest } from "../../fakes/github/state/types.ts";
import { type FakePostgres, startPostgres } from "../../fakes/postgres.ts";
import { type Accounts, serveAccounts } from "../accounts.ts";
import { codesIn, stateOf } from "../reading.ts";
import { REGION, stagedStack } from "../world.ts";
import { type BotWorld, ownComments, startBotWorld } from "./world.ts";

const [OWN, PREVIEWS, OTHER] = ["111111111111", "222222222222", "333333333333"];
const role = (account: string): string => `arn:aws:iam::${account}:role/gatewright-previews`;
const RULES = JSON.stringify([
  { repository: "acme/*", stage: "dev", roles: [`arn:aws:iam::${OWN}:role/gatewright-dev`] },
  { repository: "acme/*", stage: "pr-*", roles: [role(PREVIEWS), role(OTHER)] },
]);
const settings = (account: string): string => `stages:
  dev: { account: "${OWN}", region: ${REGION} }
preview: { stage: dev, account: "${account}", role: "${role(account)}" }
`;

let postgres: FakePostgres;
let world: BotWorld;
let accounts: Accounts;
let all: Readonly<Record<string, FakeAws>>;
beforeAll(async () => {
  postgres = await startPostgres();
  all = Object.fromEntries(
    [OWN, PREVIEWS, OTHER].map((account) => [
      account,
      createFakeAws({ region: REGION, clock: Date.now, account }),
    ]),
  );
  accounts = await serveAccounts(all);
  world = await startBotWorld({
    stopped: true,
    env: { ...accounts.keysOf(OWN), GATEWRIGHT_ROLES: RULES, AWS_SESSION_TOKEN: `session-of-${OWN}` },
  });
  await world.start({ DATABASE_URL: postgres.database("first") });
});
afterAll(async () => {
  await world?.close();
  await accounts?.close();
  postgres?.stop();
});
afterEach(() => {
  accounts.assumed.length = 0;
  expect(world.github.violations).toEqual([]);
});

const inAccount = (account: string): readonly string[] =>
  [...(all[account]?.state.apis.values() ?? [])].map(({ api }) => String(api.Name));

/** What the library's schedule does every ten minutes. */
async function lookAround(database: string): Promise<void> {
  const boss = new PgBoss({
    connectionString: database,
    schema: QUEUE_SCHEMA,
    supervise: false,
    schedule: false,
  });
  await boss.start();
  await boss.send("chores", { chore: "drift" });
  await boss.stop();
}

const preview = (pull: PullRequest): string =>
  ownComments(pull).find(({ body }) => body.includes("<!-- gatewright:preview "))?.body ?? "";

test("has its role's account to itself; moved by the settings, it leaves the old one", async () => {
  const scenario = world.scenario({ settings: settings(PREVIEWS) });
  const { name, repository } = scenario;
  const spec = (description: string) => ({ "resources.js": stagedStack({ api: name, description }) });
  const pull = scenario.open(spec("one"));
  expect((await world.ask(pull, "/preview")).reaction).toBe("rocket");
  expect([OWN, PREVIEWS, OTHER].map(inAccount)).toEqual([[], [`${name}-pr-${pull.number}`], []]);
  expect(new Set(accounts.assumed.map(({ role: arn }) => arn))).toEqual(new Set([role(PREVIEWS)]));
  expect(accounts.assumed[0]?.session).toMatch(/^gatewright-pr\d+-/);
  await world.quiet();

  world.ana.push(repository, "main", { ".github/gatewright.yml": settings(OTHER) });
  world.ana.push(repository, "topic", spec("two"));
  await world.told(
    pull,
    "the moved preview",
    (body) =>
      body.includes("gatewright:preview") && stateOf(body) === "done" && inAccount(OTHER).length === 1,
  );
  expect([OWN, PREVIEWS, OTHER].map(inAccount)).toEqual([[], [], [`${name}-pr-${pull.number}`]]);
  await world.quiet();
  expect((await world.ask(pull, "/preview off")).reaction).toBe("rocket");
  expect([OWN, PREVIEWS, OTHER].map(inAccount)).toEqual([[], [], []]);
});

test("gets no role that the bot's owner allows for stages only", async () => {
  const wrong = settings(PREVIEWS).replace(role(PREVIEWS), `arn:aws:iam::${OWN}:role/gatewright-dev`);
  const scenario = world.scenario({ settings: wrong });
  const pull = scenario.open({ "resources.js": stagedStack({ api: scenario.name }) });
  expect((await world.ask(pull, "/preview")).reaction).toBe("confused");
  expect(codesIn(preview(pull))).toEqual(["ROLE_NOT_ALLOWED"]);
  expect(accounts.assumed).toEqual([]);
  world.ana.close(pull);
  await world.quiet();
});

test("whose time is over is deleted at the next look; a push does not bring back what a command had made", async () => {
  const scenario = world.scenario({ settings: settings(PREVIEWS) });
  const { name, repository } = scenario;
  const files = (description: string) => ({ "resources.js": stagedStack({ api: name, description }) });
  const pull = scenario.open(files("one"));
  expect((await world.ask(pull, "/preview")).reaction).toBe("rocket");
  await world.quiet();
  const database = postgres.database("first");
  const client = new pg.Client({ connectionString: database });
  await client.connect();
  await client.query(
    "update gatewright.preview set expires_at = now() where pull = $1 and repository_id = $2",
    [pull.number, repository.id],
  );
  await client.end();
  await lookAround(database);
  await world.told(pull, "its end", (body) => body.includes("its time was over") && stateOf(body) === "done");
  expect(inAccount(PREVIEWS)).toEqual([]);
  world.ana.push(repository, "topic", files("two"));
  await world.quiet();
  expect(inAccount(PREVIEWS)).toEqual([]);
  expect((await world.ask(pull, "/preview")).reaction).toBe("rocket");
  expect(inAccount(PREVIEWS)).toEqual([`${name}-pr-${pull.number}`]);
  expect((await world.ask(pull, "/preview off")).reaction).toBe("rocket");
});

test("that no database knows any more is found by its tags and deleted with the previews' role; an open one's stays", async () => {
  const scenario = world.scenario({ settings: settings(PREVIEWS) });
  const { name } = scenario;
  const files = { "resources.js": stagedStack({ api: name }) };
  const [closed, open] = ["closed", "open"].map((branch) => scenario.open(files, { branch }));
  if (closed === undefined || open === undefined) throw new Error("no pull requests");
  await Promise.all([closed, open].map((pull) => world.ask(pull, "/preview")));
  await world.quiet();
  expect(await world.bot().stop()).toBe(0);
  world.ana.close(closed);
  accounts.assumed.length = 0;
  const database = postgres.database("second");
  await world.start({ DATABASE_URL: database });
  await lookAround(database);
  await world.told(
    closed,
    "that its preview is deleted",
    (body) =>
      body.includes("gatewright:preview") && stateOf(body) === "done" && body.includes("nobody knew it"),
  );
  expect(inAccount(PREVIEWS)).toEqual([`${name}-pr-${open.number}`]);
  // The other scenarios' repositories are looked through too.
  const roles = accounts.assumed.map(({ role: arn }) => arn);
  expect(roles).toContain(role(PREVIEWS));
  expect(roles.filter((arn) => arn.includes(OWN))).toEqual([]);
});
