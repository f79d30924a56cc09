/**
 * A team from nothing to production, through the running bot: three TypeScript functions with npm packages, a Python one with a pip package, a layer,
 * dev and prod in two accounts. Built, planned, previewed, applied to dev, smoke-tested, merged, applied to prod, rolled back;
 * its secrets are then looked for in everything that the bot has left.
 */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { PullRequest } from "../../fakes/github/state/types.ts";
import { call } from "../call.ts";
import { closedGatesIn, codesIn, factsIn, isMarked, outputsIn, planIdIn, stateOf } from "../reading.ts";
import { everythingIn, runPages, secretsOfTheApp, sentToGitHub, shownIn } from "./secret-search.ts";
import { application, startTeamWorld, STORED, type Stage, type TeamWorld } from "./team-world.ts";

let team: TeamWorld;
beforeAll(async () => {
  team = await startTeamWorld();
});
afterAll(() => team?.close());

const LOGICAL = ["orders", "prices", "receipts", "report"];
const named = (stage: string): readonly string[] => LOGICAL.map((name) => `${name}-${stage}`);

/** A step's failure says which step it was. */
async function step<Result>(what: string, does: () => Promise<Result>): Promise<Result> {
  try {
    return await does();
  } catch (error) {
    throw new Error(`${what}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

async function answers(endpoint: string, path: string): Promise<unknown> {
  const { status, body } = await call(endpoint, path);
  expect(status, body).toBe(200);
  return JSON.parse(body);
}

const stageOf = (body: string): unknown => {
  const facts = factsIn(body, "plan");
  return typeof facts === "object" && facts !== null && "stage" in facts ? facts.stage : undefined;
};

/** The plan of a stage, once there is one of this head. */
const planned = (pull: PullRequest, stage: Stage): Promise<string> =>
  team.world.told(
    pull,
    `the plan of ${stage}`,
    (body) => isMarked(body, "plan") && stateOf(body) === "changes" && stageOf(body) === stage,
  );

/** Waits for what came of the merge in a stage. */
const merged = (pull: PullRequest, stage: Stage, state: string): Promise<string> =>
  team.world.told(pull, `the apply to ${stage} that is ${state}`, (body) => {
    return isMarked(body, "apply") && stateOf(body) === state && body.includes(stage);
  });

async function firstPullRequest(): Promise<PullRequest> {
  const { world, scenario } = team;
  const pull = scenario.open(application(), { branch: "shop" });
  await step("a plan waits for the build", async () => {
    const run = team.begins(pull.pull.head.sha);
    for (const stage of ["dev", "prod"])
      expect(codesIn((await world.ask(pull, `/plan -s ${stage}`)).body)).toEqual(["CODE_NOT_BUILT"]);
    team.ends(run);
    for (const stage of ["dev", "prod"] as const) {
      const body = await planned(pull, stage);
      expect(body).toContain("run 1 of build.yml");
      expect(codesIn(body)).toEqual([]);
    }
  });
  return pull;
}

test("a team's repository goes from nothing to production, and back from a bad merge", {
  timeout: 600_000,
}, async () => {
  const { world, scenario } = team;
  const { repository } = scenario;
  const pull = await firstPullRequest();

  await step("the preview runs beside the stages", async () => {
    const preview = await world.ask(pull, "/preview");
    expect([preview.reaction, stateOf(preview.body)], preview.body).toEqual(["rocket", "done"]);
    const [, url = ""] = /^## Preview: [`<](\S+)[`>]/m.exec(preview.body) ?? [];
    expect(await answers(url, "/orders")).toEqual({
      orders: [{ id: "o-1", pieces: 2 }],
      table: "orders-of-dev",
      layer: "1",
      secrets: STORED.dev.length,
    });
    expect(await answers(url, "/report")).toEqual({ pieces: "1,204" });
    expect((await call(url, "/receipts")).body).toContain("<h1>Receipt</h1>");
    expect(await team.functions("dev")).toEqual(named(`pr-${pull.number}`));
    expect(await team.functions("prod")).toEqual([]);
  });

  const dev = await step("dev is applied once it is approved, and smoke-tested", async () => {
    const id = planIdIn(await planned(pull, "dev"));
    expect(closedGatesIn((await world.ask(pull, `/apply ${id} -s dev`)).body)).toEqual(["approved"]);
    world.ben.approve(pull);
    const answer = await world.ask(pull, `/apply ${id} -s dev`);
    expect([answer.reaction, stateOf(answer.body)], answer.body).toEqual(["rocket", "done"]);
    expect(answer.body).toContain("`GET /orders` answered 200");
    return outputsIn(answer.body).get("Endpoint") ?? "";
  });
  expect(await answers(dev, "/prices")).toEqual({ hat: 12, shoe: 80 });

  const prod = await step("the merge is applied to prod, in its own account", async () => {
    world.ana.merge(pull, "squash");
    const said = await merged(pull, "prod", "done");
    expect(said).toContain("`GET /prices` answered 200");
    expect(await team.functions("prod")).toEqual(named("prod"));
    return outputsIn(said).get("Endpoint") ?? "";
  });
  expect(await answers(prod, "/orders")).toMatchObject({
    table: "orders-of-prod",
    secrets: STORED.prod.length,
  });
  await step("the preview goes with the pull request", async () => {
    await world.told(
      pull,
      "that its preview is deleted",
      (body) => body.includes("gatewright:preview") && body.includes("deleted") && stateOf(body) === "done",
    );
    expect(await team.functions("dev")).toEqual(named("dev"));
  });

  await world.quiet();
  const bad = scenario.open(
    {
      "functions/prices/handler.ts": `export async function handler() { return { statusCode: 500, body: "{}" }; }\n`,
      "layers/log/index.js": "exports.log = console.log;\nexports.version = '2';\n",
    },
    { branch: "prices" },
  );
  await step("the next change says which files of the code differ", async () => {
    team.ends(team.begins(bad.pull.head.sha));
    for (const stage of ["dev", "prod"]) {
      const { body } = await world.ask(bad, `/plan -s ${stage}`);
      expect(stateOf(body), body).toBe("changes");
      expect(body).toContain("run 2 of build.yml");
      expect(body).toContain("1 file changed: handler.js");
      expect(body).toContain("1 file changed: nodejs/node_modules/@acme/log/index.js");
      // The layer, then the function that uses it; not both ways.
      const [, layer = ""] = /^ {2}(n\d+)\[".* common<br/m.exec(body) ?? [];
      expect(body).toContain(`  ${layer} --> `);
      expect(body).not.toContain(` --> ${layer}\n`);
    }
  });
  await step("what only prod's smoke test finds is merged, and fails there", async () => {
    world.ben.approve(bad);
    expect((await world.ask(bad, "/apply -s dev")).reaction).toBe("rocket");
    world.ana.merge(bad, "squash");
    expect(await merged(bad, "prod", "failed")).toContain("answered 500, not 200");
    expect((await call(prod, "/prices")).status).toBe(500);
  });
  await step("prod is rolled back to the code that was deployed before", async () => {
    const planned = await world.ask(bad, "/rollback -s prod");
    expect([planned.reaction, stateOf(planned.body)], planned.body).toEqual(["rocket", "changes"]);
    const answer = await world.ask(bad, `/rollback ${planIdIn(planned.body)} -s prod`);
    expect([answer.reaction, stateOf(answer.body)], answer.body).toEqual(["rocket", "done"]);
    expect(await answers(prod, "/prices")).toEqual({ hat: 12, shoe: 80 });
    expect(await answers(prod, "/orders")).toMatchObject({ layer: "1" });
    expect(await answers(dev, "/orders")).toMatchObject({ layer: "2" });
    const last = repository.deployments.filter(({ environment }) => environment === "prod").at(-1);
    expect(last?.statuses.at(-1)?.state).toBe("success");
  });

  await step("no secret is anywhere", async () => {
    await world.quiet();
    const secrets = new Map([...team.secrets, ...secretsOfTheApp(world)]);
    const left: Readonly<Record<string, string>> = {
      comments: sentToGitHub(world),
      log: world.logs(),
      pages: (await runPages(world, world.bot().url)).join("\n"),
      database: await everythingIn(team.database),
    };
    expect(left.comments).toContain("run 1 of build.yml");
    expect(left.log).toContain('"level":20');
    expect(left.pages).toContain("/runs/");
    expect(left.database).toContain("gatewright.run");
    for (const [where, text] of Object.entries(left)) {
      expect(shownIn(text, secrets), where).toEqual([]);
    }
  });
  expect(world.github.violations).toEqual([]);
});
