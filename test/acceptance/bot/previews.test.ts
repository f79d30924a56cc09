/** `/preview`: a running copy of a pull request beside its stage, in one account, and what becomes of it. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { PullRequest } from "../../fakes/github/state/types.ts";
import { codesIn, factsIn, isMarked, planIdIn, stateOf } from "../reading.ts";
import { stagedStack } from "../world.ts";
import { type BotWorld, ownComments, type Scenario, startBotWorld } from "./world.ts";

let world: BotWorld;
beforeAll(async () => {
  world = await startBotWorld();
});
afterAll(() => world?.close());
afterEach(() => {
  expect(world.github.violations).toEqual([]);
});

const SETTINGS = `stages:
  dev:
    apply: on-merge
    gates: [permission, plan-current]
preview:
  stage: dev
`;
const files = ({ name }: Scenario, description: string) => ({
  "resources.js": stagedStack({ api: name, description }),
});

/** What AWS has of the scenario: `shop-1-pr-2: description`. */
const inAws = ({ name }: Scenario): readonly string[] =>
  [...world.aws.state.apis.values()]
    .map(({ api }) => `${String(api.Name)}: ${String(api.Description)}`)
    .filter((text) => text.startsWith(`${name}:`) || text.startsWith(`${name}-pr-`))
    .sort();

/** The comment of the preview, of which there is one. */
function previewComment(pull: PullRequest): string {
  const found = ownComments(pull).filter(({ body }) =>
    body.includes(`<!-- gatewright:preview ${pull.number} -->`),
  );
  expect(found.length).toBeLessThan(2);
  return found[0]?.body ?? "";
}

const comesTo = (pull: PullRequest, what: string, isIt: () => boolean): Promise<string> =>
  world.told(pull, what, (body) => body.includes("gatewright:preview") && isIt());

const isGone = (scenario: Scenario, pull: PullRequest): Promise<string> =>
  comesTo(
    pull,
    "that its preview is deleted",
    () =>
      inAws(scenario).every((one) => !one.includes(`-pr-${pull.number}:`)) &&
      stateOf(previewComment(pull)) === "done",
  );

const deployments = ({ repository }: Scenario, pull: PullRequest) =>
  repository.deployments.filter(({ environment }) => environment === `pr-${pull.number}`);

describe("/preview", () => {
  test("runs two pull requests beside dev; each follows its pushes, and goes when its pull request does", async () => {
    const scenario = world.scenario({ settings: SETTINGS, files: {} });
    const first = scenario.open(files(scenario, "dev"), { branch: "first" });
    world.ana.merge(first);
    await world.told(first, "its apply", (body) => isMarked(body, "apply") && stateOf(body) === "done");
    const [one, two] = ["one", "two"].map((name) => scenario.open(files(scenario, name), { branch: name }));
    if (one === undefined || two === undefined) throw new Error("no pull requests");
    const answers = await Promise.all([world.ask(one, "/preview"), world.ask(two, "/preview")]);
    expect(answers.map(({ reaction }) => reaction)).toEqual(["rocket", "rocket"]);
    const { name } = scenario;
    expect(inAws(scenario)).toEqual(
      [`${name}: dev`, `${name}-pr-${one.number}: one`, `${name}-pr-${two.number}: two`].sort(),
    );
    expect(previewComment(one).split("\n")[1]).toMatch(/^## Preview: <https:\/\//);
    const [deployment] = deployments(scenario, one);
    expect(deployment).toMatchObject({ transient: true, production: false });
    expect(deployment?.statuses.at(-1)?.environmentUrl).toMatch(/^https:/);

    world.ana.push(scenario.repository, "one", files(scenario, "one again"));
    await comesTo(one, "the update", () => inAws(scenario).includes(`${name}-pr-${one.number}: one again`));
    await comesTo(
      one,
      "its result",
      () => stateOf(previewComment(one)) === "done" && deployments(scenario, one).length === 2,
    );
    await world.quiet();
    world.ana.close(one);
    await isGone(scenario, one);
    world.ana.merge(two);
    await isGone(scenario, two);
    await world.told(
      two,
      "the apply to dev",
      (body) => !isMarked(body, "preview") && stateOf(body) === "done",
    );
    expect(inAws(scenario)).toEqual([`${name}: two`]);
    await world.github.until("the end of the deployments", () =>
      [one, two].every((pull) =>
        deployments(scenario, pull).every(({ statuses }) => statuses.at(-1)?.state === "inactive"),
      ),
    );
  });

  test("is for people who may write, for branches of the repository, and where the settings have previews", async () => {
    const scenario = world.scenario({ settings: SETTINGS });
    const pull = scenario.open(files(scenario, "one"));
    const stranger = await world.ask(pull, "/preview", world.rea);
    expect([stranger.reaction, codesIn(stranger.body)]).toEqual(["confused", ["GATE_PERMISSION"]]);
    const none = await world.ask(pull, "/preview off");
    expect([none.reaction, codesIn(none.body)]).toEqual(["confused", ["PREVIEW_NONE"]]);
    const fork = scenario.open(files(scenario, "fork"), { branch: "forked", fork: true });
    const refused = await world.ask(fork, "/preview");
    expect([refused.reaction, codesIn(refused.body)]).toEqual(["confused", ["PULL_FORK"]]);
    const without = world.scenario({ settings: "stages: {dev: {}}" });
    const other = await world.ask(without.open(files(without, "one")), "/preview");
    expect([other.reaction, codesIn(other.body)]).toEqual(["confused", ["PREVIEW_UNCONFIGURED"]]);
    expect([...inAws(scenario), ...inAws(without)]).toEqual([]);
  });

  test("off deletes it, also after the settings lost it; what comes later is not previewed until it is asked for again", async () => {
    const scenario = world.scenario({ settings: SETTINGS });
    const pull = scenario.open(files(scenario, "one"));
    expect((await world.ask(pull, "/preview")).reaction).toBe("rocket");
    const off = await world.ask(pull, "/preview off");
    expect([off.reaction, inAws(scenario)]).toEqual(["rocket", []]);
    world.ana.push(scenario.repository, "topic", files(scenario, "two"));
    await world.quiet();
    expect((await world.ask(pull, "/preview")).reaction).toBe("rocket");
    expect(inAws(scenario)).toEqual([`${scenario.name}-pr-${pull.number}: two`]);
    world.ana.push(scenario.repository, "main", { ".github/gatewright.yml": "stages: {dev: {}}" });
    await world.quiet();
    expect((await world.ask(pull, "/preview off")).reaction).toBe("rocket");
    expect(inAws(scenario)).toEqual([]);
  });

  test("after a forced push has what was forced, also back to a commit that it had", async () => {
    const scenario = world.scenario({ settings: SETTINGS });
    const pull = scenario.open(files(scenario, "one"));
    const before = scenario.repository.refs.get("refs/heads/topic") ?? "";
    await world.ask(pull, "/preview");
    world.ana.push(scenario.repository, "topic", files(scenario, "two"));
    const has = (text: string) => () => inAws(scenario)[0]?.endsWith(`: ${text}`) === true;
    await comesTo(pull, "two", has("two"));
    world.ana.forcePush(scenario.repository, "topic", before);
    await comesTo(pull, "one again", has("one"));
    world.ana.close(pull);
    await isGone(scenario, pull);
  });

  test("of a project that gets another name leaves nothing behind, neither after the push nor after its end", async () => {
    const scenario = world.scenario({ settings: SETTINGS });
    const pull = scenario.open(files(scenario, "one"));
    await world.ask(pull, "/preview");
    await world.quiet();
    const named = (name: string, description: string) => ({
      ...files(scenario, description),
      "package.json": JSON.stringify({ name }),
    });
    world.ana.push(scenario.repository, "topic", named("@acme/renamed", "two"));
    const copy = `${scenario.name}-pr-${pull.number}`;
    await comesTo(pull, "the renamed one", () => {
      return stateOf(previewComment(pull)) === "done" && inAws(scenario).join() === `${copy}: two`;
    });
    // Without a run in between: what was applied last is known, not what was pushed last.
    expect(await world.bot().stop()).toBe(0);
    world.ana.push(scenario.repository, "topic", named("@acme/again", "three"));
    world.ana.close(pull);
    await world.start();
    await isGone(scenario, pull);
    expect(inAws(scenario)).toEqual([]);
  });

  test("deletes the tables of a copy, which it protects in a stage", async () => {
    const scenario = world.scenario({ settings: SETTINGS });
    const pull = scenario.open({
      "resources.js": `exports.createResources = () => [{ type: "Table", group: "DynamoDB", name: "orders-${scenario.name}",
        properties: () => ({ AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
          KeySchema: [{ AttributeName: "id", KeyType: "HASH" }], BillingMode: "PAY_PER_REQUEST" }) }];`,
    });
    expect((await world.ask(pull, "/preview")).reaction).toBe("rocket");
    expect((await world.ask(pull, "/preview off")).reaction).toBe("rocket");
    expect(world.aws.calls.filter(({ operation }) => operation === "DeleteTable")).toHaveLength(1);
  });

  test("is seen, listed, locked and stopped with -s; by pull requests of its own only, and by no other command", async () => {
    const scenario = world.scenario({ settings: SETTINGS });
    const pull = scenario.open(files(scenario, "one"));
    const other = scenario.open(files(scenario, "other"), { branch: "other" });
    const stage = `pr-${pull.number}`;
    const none = await world.ask(pull, `/status -s ${stage}`);
    expect([none.reaction, codesIn(none.body)]).toEqual(["confused", ["PREVIEW_NONE"]]);
    await world.ask(pull, "/preview");
    for (const text of ["/status", `/status -s ${stage}`]) {
      const { reaction, body } = await world.ask(pull, text);
      expect([reaction, body.includes(`in \`${stage}\``)], text).toEqual(["rocket", true]);
      expect(body).toContain("`/preview off` deletes it");
      expect(body.includes("in `dev`"), text).toBe(text === "/status");
    }
    const listed = await world.ask(pull, `/list -s ${stage}`);
    expect([listed.reaction, listed.body.includes("| yes |")]).toEqual(["rocket", true]);
    const stopped = await world.ask(pull, `/cancel -s ${stage}`);
    expect(codesIn(stopped.body)).toEqual(["NOTHING_TO_CANCEL"]);
    expect((await world.ask(pull, `/lock I look at it -s ${stage}`, world.ben)).reaction).toBe("rocket");
    const locked = await world.ask(pull, "/preview");
    expect([locked.reaction, codesIn(previewComment(pull))]).toEqual(["confused", ["LOCKED"]]);
    expect((await world.ask(pull, `/unlock -s ${stage}`)).reaction).toBe("rocket");
    const elsewhere = await world.ask(other, `/status -s ${stage}`);
    expect([elsewhere.reaction, codesIn(elsewhere.body)]).toEqual(["confused", ["STAGE_UNKNOWN"]]);
    for (const text of [`/plan -s ${stage}`, `/apply -s ${stage}`, `/destroy -s ${stage}`]) {
      const refused = await world.ask(pull, text);
      expect([text, codesIn(refused.body)]).toEqual([text, ["STAGE_UNKNOWN"]]);
      expect(refused.body).toContain("`/preview off` deletes it");
    }
    expect(inAws(scenario)).toEqual([`${scenario.name}-${stage}: one`]);
    await world.ask(pull, "/preview off");
  });

  test("stops before its next step with /cancel, whether or not its stage is named", async () => {
    const scenario = world.scenario({ settings: SETTINGS });
    const pull = scenario.open(files(scenario, "one"));
    const asked = world.ana.comment(pull, "/preview");
    await world.github.until("the first write", () => inAws(scenario).length === 1);
    const cancelled = await world.ask(pull, "/cancel");
    // The apply may have ended first: then there was nothing to stop.
    const { reaction } = await world.answered(pull, asked);
    expect(cancelled.reaction === "rocket").toBe(reaction === "confused");
    await world.ask(pull, "/preview off");
  });

  test("is closed to plans and applies of other stages: dev's plan has nothing of it", async () => {
    const scenario = world.scenario({ settings: SETTINGS });
    const pull = scenario.open(files(scenario, "one"));
    await world.ask(pull, "/preview");
    const planned = await world.ask(pull, "/plan");
    expect(stateOf(planned.body)).toBe("changes");
    expect((await world.ask(pull, `/apply ${planIdIn(planned.body)}`)).reaction).toBe("rocket");
    expect(inAws(scenario)).toEqual(
      [`${scenario.name}: one`, `${scenario.name}-pr-${pull.number}: one`].sort(),
    );
    expect(factsIn(planned.body, "plan")).toMatchObject({ stage: "dev" });
    world.ana.close(pull);
    await isGone(scenario, pull);
    expect(inAws(scenario)).toEqual([`${scenario.name}: one`]);
  });
});

describe("a preview that nobody asks for", () => {
  test("comes with the label, given by somebody who may write, and goes with it", async () => {
    const scenario = world.scenario({ settings: `${SETTINGS}  label: preview\n` });
    const pull = scenario.open(files(scenario, "one"));
    world.rea.label(pull, ["preview"]);
    await world.quiet();
    expect(inAws(scenario)).toEqual([]);
    world.rea.label(pull, []);
    world.ana.label(pull, ["preview"]);
    await comesTo(
      pull,
      "the preview",
      () => stateOf(previewComment(pull)) === "done" && inAws(scenario).length === 1,
    );
    world.ana.label(pull, ["bug"]);
    await isGone(scenario, pull);
  });

  test("comes with every pull request of a branch of the repository, where the settings say so", async () => {
    const scenario = world.scenario({ settings: `${SETTINGS}  automatic: true\n` });
    const warm = scenario.open(files(scenario, "warm"), { branch: "warm" });
    await world.ask(warm, "/help");
    const fork = scenario.open(files(scenario, "fork"), { branch: "forked", fork: true });
    const pull = scenario.open(files(scenario, "one"), { branch: "one" });
    await comesTo(pull, "the preview", () => stateOf(previewComment(pull)) === "done");
    expect(inAws(scenario).filter((one) => one.includes(`-pr-${fork.number}:`))).toEqual([]);
    world.ana.close(pull);
    await isGone(scenario, pull);
  });
});

describe("a preview whose pull request is closed", () => {
  test("while it is applied, is deleted when the apply has stopped", async () => {
    const scenario = world.scenario({ settings: SETTINGS });
    const pull = scenario.open(files(scenario, "one"));
    const asked = world.ana.comment(pull, "/preview");
    await world.github.until("the first write", () => inAws(scenario).length === 1);
    world.ana.close(pull);
    await world.answered(pull, asked);
    await isGone(scenario, pull);
    expect(inAws(scenario)).toEqual([]);
  });

  test("while the bot was down, is deleted when it starts again", async () => {
    const scenario = world.scenario({ settings: SETTINGS });
    const pull = scenario.open(files(scenario, "one"));
    await world.ask(pull, "/preview");
    await world.quiet();
    expect(await world.bot().stop()).toBe(0);
    world.ana.close(pull);
    await world.start();
    await isGone(scenario, pull);
  });
});
