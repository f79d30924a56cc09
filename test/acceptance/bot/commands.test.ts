/** Every command and the bot's reply, with the bot as a process. */
import { ApiGatewayV2Client, CreateApiCommand } from "@aws-sdk/client-apigatewayv2";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { proxyStack } from "../world.ts";
import {
  closedGatesIn,
  codesIn,
  countsOf,
  factsIn,
  foundAtGate,
  gatesIn,
  isMarked,
  outputsIn,
  planIdIn,
  rowsIn,
  stateOf,
} from "../reading.ts";
import { type BotWorld, ownComments, startBotWorld } from "./world.ts";

let world: BotWorld;
beforeAll(async () => {
  world = await startBotWorld();
});
afterAll(() => world?.close());
afterEach(() => expect(world.github.violations).toEqual([]));

describe("text in comments", () => {
  test("/help lists the commands and the stages of the current settings", async () => {
    const { open } = world.scenario({
      settings: "stages:\n  blue:\n    apply: on-merge\n    directories: [infra]\n",
    });
    const pull = open({ "README.md": "x" });
    const { body, reaction, asked } = await world.ask(pull, "/help");
    expect(rowsIn(body).map(([first]) => first)).toContain("/apply [PLAN-ID] [-s STAGE]… [-d DIRECTORY]");
    expect(rowsIn(body)).toContainEqual(expect.arrayContaining(["blue", "infra"]));
    expect(reaction).toBe("rocket");
    expect(asked.reactions.map(({ content }) => content)).toEqual(["eyes", "rocket"]);
  });

  test("a typo gets a suggestion, and a wrong option gets the usage", async () => {
    const { open } = world.scenario();
    const pull = open({ "README.md": "x" });
    const typo = await world.ask(pull, "/aply");
    expect(codesIn(typo.body)).toEqual(["COMMAND_UNKNOWN"]);
    expect(typo.body).toContain("`/apply`");
    expect(typo.reaction).toBe("confused");
    const option = await world.ask(pull, "/plan --verbose");
    expect(codesIn(option.body)).toEqual(["COMMAND_INVALID"]);
    expect(option.body).toContain("`/plan [-s STAGE] [-d DIRECTORY]`");
    expect(codesIn((await world.ask(pull, "/plan -s prod")).body)).toEqual(["STAGE_UNKNOWN"]);
  });

  test.each(["constructor", "toString", "hasOwnProperty"])(
    "%s is no stage, no type and no stack",
    async (word) => {
      const pull = world.scenario().open({ "README.md": "x" });
      expect(codesIn((await world.ask(pull, `/plan -s ${word}`)).body)).toEqual(["STAGE_UNKNOWN"]);
      expect(codesIn((await world.ask(pull, `/lock why -s ${word}`)).body)).toEqual(["STAGE_UNKNOWN"]);
      expect(codesIn((await world.ask(pull, `/plan -d ${word}`)).body)).toEqual(["STACK_UNKNOWN"]);
      expect(world.logs()).not.toContain("TypeError");
    },
  );

  test("ignores other words with a slash and commands of other bots", async () => {
    const { open } = world.scenario();
    const pull = open({ "README.md": "x" });
    world.ana.comment(pull, "/retest-required");
    world.ana.comment(pull, "see /apply and/or /usr/bin");
    await world.ask(pull, "/help");
    expect(ownComments(pull)).toHaveLength(1);
  });
});

describe("plan and apply", () => {
  test("plan, refusal with all gates, approval, apply with the plan id", async () => {
    const { repository, open, apis, name } = world.scenario();
    const pull = open({ "resources.js": proxyStack({ api: name }) });

    const planned = await world.ask(pull, "/plan");
    const planId = planIdIn(planned.body);
    expect(planned.reaction).toBe("rocket");
    expect(stateOf(planned.body)).toBe("changes");
    expect(countsOf(planned.body)).toEqual({ create: 3 });
    expect(apis()).toEqual([]);

    const refused = await world.ask(pull, `/apply ${planId}`);
    expect(refused.reaction).toBe("confused");
    expect(stateOf(refused.body)).toBe("refused");
    expect(gatesIn(refused.body)).toEqual({
      permission: true,
      approved: false,
      checks: true,
      "up-to-date": true,
      unlocked: true,
      "plan-current": true,
    });
    expect(apis()).toEqual([]);

    world.ben.approve(pull);
    const applied = await world.ask(pull, `/apply ${planId}`);
    expect(applied.reaction).toBe("rocket");
    expect(stateOf(applied.body)).toBe("done");
    expect(countsOf(applied.body)).toEqual({ create: 3 });
    expect([...outputsIn(applied.body).keys()].map((key) => key.split(" ")[0])).toEqual([
      "Endpoint",
      "ApiId",
      "IntegrationId",
    ]);
    expect(apis()).toEqual([{ name, routes: 1, integrations: 1 }]);

    // The plan comment is updated, the deployment links to the API, and the check run is green.
    const plan = ownComments(pull).find(({ body }) => isMarked(body, "plan"))?.body ?? "";
    expect(stateOf(plan)).toBe("applied");
    expect(plan).toContain("[@ana]");
    expect(
      repository.deployments.map(({ environment, statuses }) => [environment, statuses.at(-1)?.state]),
    ).toEqual([["dev", "success"]]);
    expect(repository.deployments[0]?.statuses.at(-1)?.environmentUrl).toMatch(
      /^https:\/\/\w+\.execute-api\./,
    );
    const runs = repository.suites
      .flatMap((suite) => suite.runs)
      .filter(({ name: check }) => check.includes("apply"));
    expect(runs.map(({ conclusion, status }) => [status, conclusion])).toEqual([["completed", "success"]]);

    // Nothing is left to apply, so there is no second deployment.
    const again = await world.ask(pull, "/plan");
    expect(stateOf(again.body)).toBe("unchanged");
    const nothing = await world.ask(pull, "/apply");
    expect(stateOf(nothing.body)).toBe("nothing");
    expect(repository.deployments).toHaveLength(1);
  });
});

describe("information", () => {
  test("/list shows resources with their ids; /status shows gates, runs and locks", async () => {
    const { reviewed, name } = world.scenario();
    const { pull, planId } = await reviewed();
    await world.ask(pull, `/apply ${planId}`);
    const list = await world.ask(pull, "/list");
    const types = (body: string): readonly string[] => rowsIn(body).map(([type = ""]) => type);
    expect([...types(list.body)].sort()).toEqual([
      "ApiGatewayV2::Api",
      "ApiGatewayV2::Integration",
      "ApiGatewayV2::Route",
    ]);
    expect(rowsIn(list.body)).toContainEqual(["ApiGatewayV2::Api", name, expect.any(String), "yes"]);
    const routes = await world.ask(pull, "/list -t ApiGatewayV2::Route");
    expect(types(routes.body)).toEqual(["ApiGatewayV2::Route"]);
    const status = await world.ask(pull, "/status");
    const { sha } = pull.pull.head;
    expect(factsIn(status.body, "status")).toEqual([
      {
        directory: ".",
        stage: "dev",
        runs: [
          { kind: "apply", sha, state: "succeeded" },
          { kind: "plan", sha, state: "succeeded" },
        ],
      },
    ]);
    expect(gatesIn(status.body)).toMatchObject({ approved: true });
  });

  test("/drift opens one issue, updates it, and closes it when AWS matches the branch again", async () => {
    const { reviewed, repository, name } = world.scenario();
    const { pull, planId } = await reviewed();
    await world.ask(pull, `/apply ${planId}`);
    const seen = new Set(ownComments(pull).map(({ id }) => id));
    world.ana.merge(pull);
    await world.github.until(
      "the merge's result",
      () => ownComments(pull).some(({ id, body }) => !seen.has(id) && stateOf(body) === "nothing"),
      60_000,
    );
    const differs = async (): Promise<unknown> => factsIn((await world.ask(pull, "/drift")).body, "drifts");
    expect(await differs()).toEqual([{ directory: ".", stage: "dev", differs: 0 }]);

    const record = [...world.aws.state.apis.values()].find(({ api }) => api.Name === name);
    if (record === undefined) throw new Error("no API");
    record.api.Description = "changed by hand";
    expect(await differs()).toEqual([{ directory: ".", stage: "dev", differs: 1 }]);
    const issues = () => repository.issues.filter((issue) => issue.pull === undefined);
    expect(issues().map(({ body, closed }) => [isMarked(body, "drift"), closed === undefined])).toEqual([
      [true, true],
    ]);
    expect(issues()[0]?.body).toContain("changed by hand");
    record.api.Description = "changed again";
    await world.ask(pull, "/drift");
    expect(issues()).toHaveLength(1);
    expect(issues()[0]?.body).toContain("changed again");

    delete record.api.Description;
    await world.ask(pull, "/drift");
    expect(issues().map(({ closed }) => closed === undefined)).toEqual([false]);
  });
});

describe("locking and cancelling", () => {
  const FREE = { directory: ".", stage: "dev" };

  test("/lock locks the stack for others; /unlock and closing the pull request release it", async () => {
    const { reviewed, open, apis } = world.scenario();
    const { pull, planId } = await reviewed();
    const other = open({ "README.md": "x" }, { branch: "other" });
    const locked = await world.ask(other, "/lock the audit is on, @all", world.ben);
    expect(locked.reaction).toBe("rocket");
    expect(factsIn(locked.body, "locks")).toEqual([{ directory: ".", stage: "dev", owner: "ben" }]);
    // The reason is quoted as code, so it mentions nobody.
    expect(locked.body).toContain("@all");
    expect(locked.body.replaceAll(/`[^`]*`/g, "")).not.toContain("@all");
    const refused = await world.ask(pull, `/apply ${planId}`);
    expect(refused.reaction).toBe("confused");
    expect(closedGatesIn(refused.body)).toEqual(["unlocked"]);
    expect(foundAtGate(refused.body, "unlocked")).toContain("ben");
    expect(apis()).toEqual([]);
    expect((await world.ask(pull, "/lock mine")).reaction).toBe("confused");
    expect(factsIn((await world.ask(pull, "/unlock")).body, "locks")).toEqual([FREE]);
    await world.ask(other, "/lock once more", world.ben);
    world.ben.close(other);
    await world.github.until(
      "the delivery of the closing",
      () => world.github.hooks.deliveries.at(-1)?.statusCode === 202,
    );
    // The lock is released when the webhook is handled; only /status shows when that is.
    const isFree = async (): Promise<boolean> =>
      gatesIn((await world.ask(pull, "/status")).body).unlocked === true;
    let free = false;
    for (let asked = 0; asked < 10 && !free; asked += 1) free = await isFree();
    expect(free).toBe(true);
    expect((await world.ask(pull, `/apply ${planId}`)).reaction).toBe("rocket");
  });

  test("a lock taken once the pull request is open again outlives the late news that it was closed", async () => {
    const pull = world.scenario().open({ "README.md": "x" });
    await world.quiet();
    world.github.hooks.pause();
    world.ben.close(pull);
    world.ben.reopen(pull);
    const closed = world.github.hooks.deliveries.findLast(
      ({ event, payload }) =>
        event === "pull_request" && JSON.stringify(payload).includes('"action":"closed"'),
    );
    if (closed === undefined) throw new Error("no delivery");
    world.github.hooks.resume((held) => held.filter((one) => one !== closed));
    const locked = await world.ask(pull, "/lock the audit is on");
    expect(locked.reaction).toBe("rocket");
    world.github.hooks.redeliver(closed);
    // Two answers: whatever was sent before has been handled by then.
    for (let asked = 0; asked < 2; asked += 1) {
      await world.quiet();
      expect(gatesIn((await world.ask(pull, "/status", world.ben)).body).unlocked).toBe(false);
    }
    world.ben.close(pull);
  });

  test("/cancel stops the run between two steps and reports what was not done; with nothing to cancel it is refused", async () => {
    const { reviewed, apis, name } = world.scenario();
    const { pull, planId } = await reviewed();
    expect(codesIn((await world.ask(pull, "/cancel")).body)).toEqual(["NOTHING_TO_CANCEL"]);
    world.aws.faults.inject({ kind: "delay", delayMs: 6000, operation: "CreateApi" });
    const asked = world.ana.comment(pull, `/apply ${planId}`);
    await world.github.until(
      "the first write",
      () =>
        world.aws.calls.some(
          ({ operation, input }) => operation === "CreateApi" && JSON.stringify(input).includes(`"${name}"`),
        ),
      60_000,
    );
    const cancelled = await world.ask(pull, "/cancel", world.ben);
    expect(factsIn(cancelled.body, "cancelled")).toEqual({ runs: [expect.any(String)] });
    const { reaction } = await world.answered(pull, asked);
    expect(reaction).toBe("confused");
    const told = await world.told(pull, "the cancelled apply", (body) => stateOf(body) === "cancelled");
    expect(told).toContain("/plan");
    expect(apis()).toEqual([{ name, routes: 0, integrations: 0 }]);
  });
});

describe("adopting and destroying", () => {
  test("/adopt plans to take over a foreign resource, and /apply does it", async () => {
    const { open, apis, name } = world.scenario();
    const pull = open({ "resources.js": proxyStack({ api: name }) });
    await foreignApi(name);
    const refused = await world.ask(pull, "/plan");
    expect(stateOf(refused.body)).toBe("blocked");
    expect(codesIn(refused.body)).toContain("FOREIGN_RESOURCE");
    const adopted = await world.ask(pull, `/adopt ${name}`);
    expect(adopted.reaction).toBe("rocket");
    world.ben.approve(pull);
    const applied = await world.ask(pull, `/apply ${planIdIn(adopted.body)}`);
    expect(applied.reaction).toBe("rocket");
    expect(apis()).toEqual([{ name, routes: 1, integrations: 1 }]);
  });

  test("/destroy shows a plan first, and deletes only with its plan id and through the same gates", async () => {
    const { reviewed, apis } = world.scenario();
    const { pull, planId } = await reviewed();
    await world.ask(pull, `/apply ${planId}`);
    const asked = await world.ask(pull, "/destroy");
    expect(countsOf(asked.body)).toEqual({ delete: 3 });
    const confirm = /\/destroy ([0-9a-f]{12})/.exec(asked.body)?.[1];
    expect(confirm).toBeDefined();
    expect(apis()).toHaveLength(1);
    expect((await world.ask(pull, "/destroy 0123456789ab")).reaction).toBe("confused");
    expect(apis()).toHaveLength(1);
    // The destroy plan does not replace the pull request's plan, which is still applied.
    expect(stateOf((await world.ask(pull, "/apply")).body)).toBe("nothing");
    const gone = await world.ask(pull, `/destroy ${confirm}`);
    expect(stateOf(gone.body)).toBe("done");
    expect(countsOf(gone.body)).toEqual({ delete: 3 });
    expect(gone.reaction).toBe("rocket");
    expect(apis()).toEqual([]);
  });
});

/** Creates an API by hand. */
async function foreignApi(name: string): Promise<void> {
  const client = new ApiGatewayV2Client(world.aws.clientConfig());
  await client.send(new CreateApiCommand({ Name: name, ProtocolType: "HTTP" }));
}
