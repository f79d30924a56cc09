/** Webhooks and comments that must have no effect, or must take effect only once. */
import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { signedHeaders } from "../../fakes/github/hooks/deliver.ts";
import type { PullRequest } from "../../fakes/github/state/types.ts";
import { closedGatesIn, codesIn, isMarked, stateOf } from "../reading.ts";
import { type BotWorld, ownComments, startBotWorld } from "./world.ts";

let world: BotWorld;
beforeAll(async () => {
  world = await startBotWorld();
});
afterAll(() => world?.close());
afterEach(() => expect(world.github.violations).toEqual([]));

const hook = (): string => `${world.bot().url}/api/github/webhooks`;

/** Sends a command that is answered only after everything before it was handled. */
async function fence(pull: PullRequest): Promise<void> {
  await world.quiet();
  await world.ask(pull, "/help");
}

function aPull(): PullRequest {
  return world.scenario().open({ "README.md": "x" });
}

describe("deliveries", () => {
  test("a forged or unsigned delivery is refused and has no effect", async () => {
    const pull = aPull();
    world.github.hooks.pause();
    world.ana.comment(pull, "/help");
    const [held] = world.github.hooks.deliveries.slice(-1);
    world.github.hooks.resume(() => []);
    const body = JSON.stringify(held?.payload);
    const good = signedHeaders(world.app, "issue_comment", randomUUID(), body);
    const forged = signedHeaders(
      { ...world.app, webhook: { ...world.app.webhook, secret: "a guess of somebody" } },
      "issue_comment",
      randomUUID(),
      body,
    );
    const { "x-hub-signature-256": _, ...unsigned } = good;
    const post = async (headers: Record<string, string>, text: string) =>
      (await fetch(hook(), { method: "POST", headers, body: text })).status;
    expect(await post(forged, body)).toBe(401);
    expect(await post(unsigned, body)).toBe(401);
    expect(await post(good, body.replace("/help", "/plan"))).toBe(401);
    const other = aPull();
    await fence(other);
    expect(ownComments(pull)).toEqual([]);
  });

  test("a delivery that is redelivered, or replayed with another id, is handled once", async () => {
    const pull = aPull();
    await world.ask(pull, "/plan");
    const asks = world.github.hooks.deliveries.findLast(({ event }) => event === "issue_comment");
    if (asks === undefined) throw new Error("no delivery");
    const posts = (): number =>
      world.github.requests.filter(({ method, path }) => method !== "GET" && path.includes("/comments"))
        .length;
    const before = posts();
    world.github.hooks.redeliver(asks);
    const body = JSON.stringify(asks.payload);
    const replayed = await fetch(hook(), {
      method: "POST",
      headers: signedHeaders(world.app, "issue_comment", randomUUID(), body),
      body,
    });
    expect(replayed.status).toBe(202);
    await fence(aPull());
    expect(ownComments(pull)).toHaveLength(1);
    // Only what the fence itself caused: eyes, reply, rocket.
    expect(posts() - before).toBe(3);
  });

  test("a command that arrives after a later merge is carried out once", async () => {
    const { reviewed, apis, name } = world.scenario();
    const { pull, planId } = await reviewed();
    world.github.hooks.pause();
    const asked = world.ana.comment(pull, `/apply ${planId}`);
    world.ana.merge(pull);
    world.github.hooks.resume((held) => held.toReversed());
    const { reaction } = await world.answered(pull, asked);
    await world.told(pull, "the apply", (body) => isMarked(body, "apply") && stateOf(body) === "done");
    expect(["rocket", "confused"]).toContain(reaction);
    expect(apis()).toEqual([{ name, routes: 1, integrations: 1 }]);
  });
});

describe("comments", () => {
  test.each([
    ["in a code block", "```\n/plan\n```"],
    ["in a quote", "> /plan"],
    ["in a quote that goes on", "> as it says\n> /plan\nno"],
    ["in an HTML comment", "<!--\n/plan\n-->"],
    ["in the middle of a line", "please /plan"],
  ])("a command %s is ignored", async (_where, body) => {
    const pull = aPull();
    const asked = world.ana.comment(pull, body);
    await fence(pull);
    expect(asked.reactions).toEqual([]);
    expect(ownComments(pull)).toHaveLength(1);
  });

  test("a command edited into an old comment is ignored", async () => {
    const pull = aPull();
    const asked = world.ana.comment(pull, "I wonder");
    world.ana.edit(asked, "/plan");
    await fence(pull);
    expect(asked.reactions).toEqual([]);
  });

  test("a command by a bot is ignored", async () => {
    const pull = aPull();
    const token = world.github.actionsToken(pull.repository);
    await fetch(
      `${world.github.world.urls.api}/repos/acme/${pull.repository.name}/issues/${pull.number}/comments`,
      {
        method: "POST",
        headers: { authorization: `token ${token}`, "content-type": "application/json" },
        body: JSON.stringify({ body: "/plan" }),
      },
    );
    await fence(pull);
    expect(pull.comments[0]?.reactions).toEqual([]);
    expect(ownComments(pull)).toHaveLength(1);
  });

  test("a command on an issue is ignored", async () => {
    const pull = aPull();
    const issue = world.ana.openIssue(pull.repository, { title: "x" });
    world.ana.comment(issue, "/help");
    await fence(pull);
    expect(issue.comments).toHaveLength(1);
  });

  test.each([
    "/plan",
    "/apply",
    "/adopt x",
    "/destroy",
    "/list",
    "/drift",
    "/lock y",
    "/unlock",
    "/cancel",
    "/status",
  ])("%s by somebody with read permission does not call AWS", async (text) => {
    const pull = world.scenario().open({ "resources.js": "exports.createResources = () => []" });
    const calls = world.aws.calls.length;
    const { body, reaction } = await world.ask(pull, text, world.rea);
    if (text !== "/status") {
      expect(reaction).toBe("confused");
      if (text === "/apply") expect(closedGatesIn(body)).toContain("permission");
      else expect(codesIn(body)).toEqual(["GATE_PERMISSION"]);
    }
    expect(world.aws.calls.length).toBe(calls);
  });

  test("two commands in one comment are refused", async () => {
    const pull = aPull();
    const { body, reaction } = await world.ask(pull, "/plan\n/apply");
    expect(codesIn(body)).toEqual(["COMMAND_SEVERAL"]);
    expect(reaction).toBe("confused");
    expect(ownComments(pull)).toHaveLength(1);
  });
});
