/** Every command and what the bot answers, with the bot as a process. */
import { ApiGatewayV2Client, CreateApiCommand } from "@aws-sdk/client-apigatewayv2";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { proxyStack } from "../world.ts";
import { type BotWorld, ownComments, planIdOf, startBotWorld } from "./world.ts";

let world: BotWorld;
beforeAll(async () => {
  world = await startBotWorld();
});
afterAll(() => world?.close());
afterEach(() => expect(world.github.violations).toEqual([]));

describe("words", () => {
  test("/help lists commands and the stages of the live settings", async () => {
    const { open } = world.scenario({
      settings: "stages:\n  blue:\n    apply: on-merge\n    directories: [infra]\n",
    });
    const pull = open({ "README.md": "x" });
    const { body, reaction, asked } = await world.ask(pull, "/help");
    expect(body).toContain("`/apply [PLAN-ID] [-s STAGE] [-d DIRECTORY]`");
    expect(body).toContain("| `blue` | `infra` | the merge to the default branch applies |");
    expect(reaction).toBe("rocket");
    expect(asked.reactions.map(({ content }) => content)).toEqual(["eyes", "rocket"]);
  });

  test("a typo gets a suggestion, a wrong option the usage", async () => {
    const { open } = world.scenario();
    const pull = open({ "README.md": "x" });
    const typo = await world.ask(pull, "/aply");
    expect(typo.body).toContain("Did you mean `/apply`?");
    expect(typo.reaction).toBe("confused");
    expect((await world.ask(pull, "/plan --verbose")).body).toContain("Usage: `/plan [-s STAGE]");
    expect((await world.ask(pull, "/plan -s prod")).body).toContain('there is no stage "prod"');
  });

  test("other words with a slash, and words of other bots, are left alone", async () => {
    const { open } = world.scenario();
    const pull = open({ "README.md": "x" });
    world.ana.comment(pull, "/retest-required");
    world.ana.comment(pull, "see /apply and/or /usr/bin");
    await world.ask(pull, "/help");
    expect(ownComments(pull)).toHaveLength(1);
  });
});

describe("plan and apply", () => {
  test("plan, refusal with all gates, approval, apply with the id", async () => {
    const { repository, open, apis, name } = world.scenario();
    const pull = open({ "resources.js": proxyStack({ api: name }) });

    const planned = await world.ask(pull, "/plan");
    const planId = planIdOf(planned.body);
    expect(planned.reaction).toBe("rocket");
    expect(planned.body).toMatch(/3 to create/);
    expect(apis()).toEqual([]);

    const refused = await world.ask(pull, `/apply ${planId}`);
    expect(refused.reaction).toBe("confused");
    for (const gate of ["permission", "approved", "checks", "up-to-date", "unlocked", "plan-current"])
      expect(refused.body).toContain(gate);
    expect(refused.body).toContain("nobody with write permission, other than the author, has approved");
    expect(refused.body).toContain(`Ask a reviewer to approve`);
    expect(apis()).toEqual([]);

    world.ben.approve(pull);
    const applied = await world.ask(pull, `/apply ${planId}`);
    expect(applied.reaction).toBe("rocket");
    for (const told of ["Applied to", "ApiId", "IntegrationId", "ApiEndpoint"])
      expect(applied.body).toContain(told);
    expect(apis()).toEqual([{ name, routes: 1, integrations: 1 }]);

    // The plan comment says so, the deployment leads to the API, the check run is green.
    const plan = ownComments(pull).find(({ body }) => body.includes("<!-- gatewright:plan"));
    expect(plan?.body).toMatch(/^## ✅ Applied to .*[\s\S]*Applied by .*ana/m);
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

    // Again: nothing is left, and nothing to apply is no deployment.
    const again = await world.ask(pull, "/plan");
    expect(again.body).toMatch(/No changes/);
    const nothing = await world.ask(pull, "/apply");
    expect(nothing.body).toContain("Nothing to apply");
    expect(repository.deployments).toHaveLength(1);
  });
});

describe("what is there", () => {
  test("/list names resources with their ids, /status gates, runs and who holds it", async () => {
    const { reviewed, name } = world.scenario();
    const { pull, planId } = await reviewed();
    await world.ask(pull, `/apply ${planId}`);
    const list = await world.ask(pull, "/list");
    expect(list.body).toContain("3 resources");
    expect(list.body).toMatch(new RegExp(`ApiGatewayV2::Api.*${name}.*yes`));
    const routes = await world.ask(pull, "/list -t ApiGatewayV2::Route");
    expect(routes.body).toContain("1 resource");
    const status = await world.ask(pull, "/status");
    expect(status.body).toContain("Nobody holds it.");
    expect(status.body).toContain("- ✅ **approved**");
    expect(status.body).toMatch(/apply of [0-9a-f]{7}.*: succeeded/);
    expect(status.body).toMatch(/plan of [0-9a-f]{7}.*: succeeded/);
  });

  test("/drift opens one issue, updates it, and closes it when AWS agrees again", async () => {
    const { reviewed, repository, name } = world.scenario();
    const { pull, planId } = await reviewed();
    await world.ask(pull, `/apply ${planId}`);
    const seen = new Set(ownComments(pull).map(({ id }) => id));
    world.ana.merge(pull);
    await world.github.until(
      "the merge's result",
      () => ownComments(pull).some(({ id, body }) => !seen.has(id) && /Nothing to apply/.test(body)),
      60_000,
    );
    expect((await world.ask(pull, "/drift")).body).toContain("AWS is as the default branch says");

    const record = [...world.aws.state.apis.values()].find(({ api }) => api.Name === name);
    if (record === undefined) throw new Error("no API");
    record.api.Description = "changed by hand";
    expect((await world.ask(pull, "/drift")).body).toContain("1 resources differ");
    const issues = () => repository.issues.filter((issue) => issue.pull === undefined);
    expect(issues().map(({ title, closed }) => [title, closed === undefined])).toEqual([
      ["Drift in dev: AWS differs from main", true],
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

describe("holding and stopping", () => {
  test("/lock freezes the stack for others, /unlock ends it, closing releases it", async () => {
    const { reviewed, open, apis } = world.scenario();
    const { pull, planId } = await reviewed();
    const other = open({ "README.md": "x" }, { branch: "other" });
    const locked = await world.ask(other, "/lock the audit is on, @all", world.ben);
    expect(locked.reaction).toBe("rocket");
    expect(locked.body).toContain("held by ben");
    expect(/held by.*/.exec(locked.body)?.[0]).not.toMatch(/(?<!`)@all/);
    const refused = await world.ask(pull, `/apply ${planId}`);
    expect(refused.reaction).toBe("confused");
    expect(refused.body).toMatch(/locked by .*ben/);
    expect(apis()).toEqual([]);
    expect((await world.ask(pull, "/lock mine")).reaction).toBe("confused");
    expect((await world.ask(pull, "/unlock")).body).toContain("is free again; ben held it");
    await world.ask(other, "/lock once more", world.ben);
    world.ben.close(other);
    await world.github.until(
      "the delivery of the closing",
      () => world.github.hooks.deliveries.at(-1)?.statusCode === 202,
    );
    // The lock goes when the closing is handled, which nobody tells: the status does.
    let body = "";
    for (let asked = 0; asked < 10 && !body.includes("Nobody holds it."); asked += 1)
      body = (await world.ask(pull, "/status")).body;
    expect(body).toContain("Nobody holds it.");
    expect((await world.ask(pull, `/apply ${planId}`)).reaction).toBe("rocket");
  });

  test("/cancel stops between two steps and tells what was not done; nothing to cancel is said", async () => {
    const { reviewed, apis, name } = world.scenario();
    const { pull, planId } = await reviewed();
    expect((await world.ask(pull, "/cancel")).body).toContain("no run of this pull request");
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
    expect(cancelled.body).toContain("The run stops before the next step");
    const { reaction } = await world.answered(pull, asked);
    expect(reaction).toBe("confused");
    const told = await world.told(pull, /[Cc]ancelled/);
    expect(told).toContain("/plan");
    expect(apis()).toEqual([{ name, routes: 0, integrations: 0 }]);
  });
});

describe("taking over and taking away", () => {
  test("/adopt plans a foreign resource into the stack and the apply takes it over", async () => {
    const { open, apis, name } = world.scenario();
    const pull = open({ "resources.js": proxyStack({ api: name }) });
    await foreignApi(name);
    const refused = await world.ask(pull, "/plan");
    expect(refused.body).toMatch(/foreign|not managed|adopt/i);
    const adopted = await world.ask(pull, `/adopt ${name}`);
    expect(adopted.reaction).toBe("rocket");
    world.ben.approve(pull);
    const applied = await world.ask(pull, `/apply ${planIdOf(adopted.body)}`);
    expect(applied.reaction).toBe("rocket");
    expect(apis()).toEqual([{ name, routes: 1, integrations: 1 }]);
  });

  test("/destroy asks with a plan and removes only with its id, through the same gates", async () => {
    const { reviewed, apis } = world.scenario();
    const { pull, planId } = await reviewed();
    await world.ask(pull, `/apply ${planId}`);
    const asked = await world.ask(pull, "/destroy");
    expect(asked.body).toMatch(/3 to delete/);
    const confirm = /\/destroy ([0-9a-f]{12})/.exec(asked.body)?.[1];
    expect(confirm).toBeDefined();
    expect(apis()).toHaveLength(1);
    expect((await world.ask(pull, "/destroy 0123456789ab")).reaction).toBe("confused");
    expect(apis()).toHaveLength(1);
    // What was asked about removing is no plan of the pull request: that one is still applied.
    expect((await world.ask(pull, "/apply")).body).toContain("Nothing to apply");
    const gone = await world.ask(pull, `/destroy ${confirm}`);
    expect(gone.body).toContain("Destroyed");
    expect(gone.reaction).toBe("rocket");
    expect(apis()).toEqual([]);
  });
});

/** An API that somebody made by hand. */
async function foreignApi(name: string): Promise<void> {
  const client = new ApiGatewayV2Client(world.aws.clientConfig());
  await client.send(new CreateApiCommand({ Name: name, ProtocolType: "HTTP" }));
}
