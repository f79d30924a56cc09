/** Days in the life of previews: several stacks, names that are cut, drafts, pull requests that come back, and what a preview may not take. */
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { PullRequest } from "../../fakes/github/state/types.ts";
import { codesIn, stateOf } from "../reading.ts";
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

const settings = (more = "") => `stages:
  dev:
    directories: ["apis/*"]
    apply: on-merge
    gates: [permission]
preview:
  stage: dev
${more}`;

/** What AWS has of the scenario, without its name: `a-pr-2: description`. */
const inAws = ({ name }: Scenario): readonly string[] =>
  [...world.aws.state.apis.values()]
    .filter(({ api }) => String(api.Name).startsWith(`${name}-`))
    .map(({ api }) => `${String(api.Name).slice(name.length + 1)}: ${String(api.Description)}`)
    .sort();

const stack = ({ name }: Scenario, directory: string, description: string) => ({
  [`apis/${directory}/package.json`]: JSON.stringify({ name: `${name}-${directory}` }),
  [`apis/${directory}/resources.js`]: stagedStack({ api: `${name}-${directory}`, description }),
});

const comments = (pull: PullRequest): readonly string[] =>
  ownComments(pull).flatMap(({ body }) => (body.includes("<!-- gatewright:preview ") ? [body] : []));

const comesTo = (pull: PullRequest, what: string, isIt: () => boolean): Promise<string> =>
  world.told(pull, what, (body) => body.includes("gatewright:preview") && stateOf(body) === "done" && isIt());

test("a repository with two stacks has both in one comment; what a push takes away goes, and at the end all of it", async () => {
  const scenario = world.scenario({ settings: settings(), files: {} });
  const pull = scenario.open({ ...stack(scenario, "a", "one"), ...stack(scenario, "b", "one") });
  const stage = `pr-${pull.number}`;
  expect((await world.ask(pull, "/preview")).reaction).toBe("rocket");
  expect(inAws(scenario)).toEqual([`a-${stage}: one`, `b-${stage}: one`]);
  world.ana.push(scenario.repository, "topic", {
    ...stack(scenario, "a", "two"),
    "apis/b/package.json": null,
    "apis/b/resources.js": null,
  });
  await comesTo(pull, "the smaller one", () => inAws(scenario).join() === `a-${stage}: two`);
  world.ana.push(scenario.repository, "topic", stack(scenario, "c", "three"));
  await comesTo(pull, "the larger one", () => inAws(scenario).length === 2);
  world.ana.close(pull);
  await comesTo(pull, "the end", () => inAws(scenario).length === 0);
  expect(comments(pull)).toHaveLength(1);
  await world.github.until("inactive deployments", () =>
    scenario.repository.deployments.every(({ statuses }) => statuses.at(-1)?.state === "inactive"),
  );
});

test("a draft has one, and one that is opened again has its preview again where a label asks", async () => {
  const scenario = world.scenario({ settings: settings("  label: preview\n") });
  const pull = scenario.open(stack(scenario, "a", "one"));
  const stage = `pr-${pull.number}`;
  world.ana.setDraft(pull, true);
  world.ana.label(pull, ["preview"]);
  await comesTo(pull, "the preview", () => inAws(scenario).length === 1);
  world.ana.close(pull);
  await comesTo(pull, "its end", () => inAws(scenario).length === 0);
  world.ana.reopen(pull);
  await comesTo(pull, "the preview again", () => inAws(scenario).join() === `a-${stage}: one`);
  expect(comments(pull)).toHaveLength(1);
  world.ana.label(pull, []);
  await comesTo(pull, "its end without the label", () => inAws(scenario).length === 0);
});

test("names that are cut stay those of one preview each, also where their numbers begin alike", async () => {
  const long = "orders-of-all-the-customers-that-we-have-had-since-the-year-2011";
  const files = ({ name }: Scenario) => ({
    "apis/a/package.json": JSON.stringify({ name: `${name}-a` }),
    "apis/a/resources.js": `exports.createResources = () => [
  { type: "Role", group: "IAM", properties: () => ({ RoleName: "${long}", AssumeRolePolicyDocument: {
    Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }] } }) }];`,
  });
  const scenario = world.scenario({ settings: settings(), files: {} });
  const pulls = Array.from({ length: 11 }, (_, index) =>
    scenario.open(files(scenario), { branch: `branch-${index}` }),
  ).filter((_, index) => index === 0 || index > 8);
  const roles = () =>
    [...world.aws.state.roles.keys()].map(String).filter((name) => name.startsWith("orders-of"));
  const answers = await Promise.all(pulls.map((pull) => world.ask(pull, "/preview")));
  expect(answers.map(({ reaction }) => reaction)).toEqual(["rocket", "rocket", "rocket"]);
  expect(new Set(roles()).size).toBe(3);
  await Promise.all(pulls.slice(1).map((pull) => world.ask(pull, "/preview off")));
  expect(roles()).toHaveLength(1);
  await Promise.all(pulls.slice(0, 1).map((pull) => world.ask(pull, "/preview off")));
  expect(roles()).toEqual([]);
});

test("what the stage's spec has for the world is refused with the way out, and nothing is made", async () => {
  const scenario = world.scenario({ settings: settings() });
  const { name } = scenario;
  const domain = (entry: string) => ({
    "apis/a/package.json": JSON.stringify({ name: `${name}-a` }),
    "apis/a/resources.js": stagedStack({ api: `${name}-a` }).replace("];", `${entry}];`),
  });
  const provider = `{ type: "OpenIDConnectProvider", group: "IAM", properties: () => ({ Url: "https://${name}.example.com", ClientIDList: ["a"] }) },`;
  const pull = scenario.open(domain(provider));
  const { reaction } = await world.ask(pull, "/preview");
  expect([reaction, codesIn(comments(pull)[0] ?? ""), inAws(scenario)]).toEqual([
    "confused",
    ["PREVIEW_SHARED"],
    [],
  ]);
  expect(comments(pull)[0]).toContain("config.stage");
  const without = `...(config.stage.startsWith("pr-") ? [] : [${provider.slice(0, -1)}]),`;
  const files = domain(without);
  world.ana.push(scenario.repository, "topic", {
    ...files,
    "apis/a/resources.js": files["apis/a/resources.js"].replace("= () =>", "= ({ config }) =>"),
  });
  await comesTo(pull, "the preview without it", () => inAws(scenario).length === 1);
});
