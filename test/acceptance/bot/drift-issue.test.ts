/** Commands on the bot's drift issues, with the bot as a process. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Issue, PullRequest } from "../../fakes/github/state/types.ts";
import { anEvent, assumedRole } from "../../fakes/aws/cloudtrail/events.ts";
import { trailEvents } from "../../fakes/aws/cloudtrail/service.ts";
import { closedGatesIn, codesIn, factsIn, stateOf } from "../reading.ts";
import { proxyStack, REGION } from "../world.ts";
import { type BotWorld, ownComments, type Scenario, startBotWorld } from "./world.ts";

let world: BotWorld;
beforeAll(async () => {
  world = await startBotWorld();
});
afterAll(() => world?.close());
afterEach(() => expect(world.github.violations).toEqual([]));

interface Drifted extends Scenario {
  readonly pull: PullRequest;
  readonly issue: Issue;
  readonly planId: string;
  readonly apiId: string;
  /** The description of the API in AWS. */
  description(): unknown;
}

/** A stack that was applied and merged, changed by hand since, and its drift issue. */
async function drifted(settings?: string): Promise<Drifted> {
  const scenario = world.scenario(settings === undefined ? {} : { settings });
  const { pull, planId } = await scenario.reviewed();
  await world.ask(pull, `/apply ${planId}`);
  const seen = new Set(ownComments(pull).map(({ id }) => id));
  world.ana.merge(pull);
  await world.github.until(
    "the merge's result",
    () => ownComments(pull).some(({ id, body }) => !seen.has(id) && stateOf(body) === "nothing"),
    60_000,
  );
  const record = [...world.aws.state.apis.values()].find(({ api }) => api.Name === scenario.name);
  if (record === undefined) throw new Error("no API");
  record.api.Description = "changed by hand";
  await world.ask(pull, "/drift");
  const issue = scenario.repository.issues.find((one) => one.pull === undefined);
  if (issue === undefined) throw new Error("no issue");
  return {
    ...scenario,
    pull,
    issue,
    apiId: record.api.ApiId ?? "",
    planId: /\/apply ([0-9a-f]{12})/.exec(issue.body ?? "")?.[1] ?? "",
    description: () => record.api.Description,
  };
}

/** The commands that the issue shows, to be copied from it. */
function commandsIn({ body }: Issue): readonly string[] {
  return [...(body ?? "").matchAll(/^`{3}\n(\/.*)\n`{3}$/gm)].flatMap(([, command]) => command ?? []);
}

describe("a drift issue", () => {
  test("says since when, what differs, and two ways out; a later comparison keeps the time", async () => {
    const { issue } = await drifted();
    const { body, title } = issue;
    const [, since = ""] = /^\*\*AWS differs from `main` since ([\d: -]+ UTC)\*\*/m.exec(body ?? "") ?? [];
    expect(title).toBe(`Drift in dev: AWS differs from main since ${since.slice(0, 10)}`);
    expect(body).toContain("`Description`: set to `changed by hand`");
    expect(body).toMatch(/: `Description` is `changed by hand`$/m);
    Object.assign(issue, { createdAt: new Date("2026-01-02T03:04:05Z") });
    await world.ask(issue, "/drift");
    expect(issue.title).toBe("Drift in dev: AWS differs from main since 2026-01-02");
    expect(issue.body).toContain("since 2026-01-02 03:04 UTC");
  });

  test("its first command takes AWS back", async () => {
    const { issue, description } = await drifted();
    const { body } = await world.ask(issue, commandsIn(issue)[0] ?? "");
    expect(stateOf(body)).toBe("done");
    expect(description()).not.toBe("changed by hand");
    await world.github.until("the issue to be closed", () => issue.closed !== undefined, 40_000);
  });

  test("its second command closes it, once the spec says what AWS has", async () => {
    const { repository, name, issue, description } = await drifted();
    world.ana.push(repository, "main", {
      "resources.js": proxyStack({ api: name, description: "changed by hand" }),
    });
    await world.ask(issue, commandsIn(issue)[1] ?? "");
    await world.github.until("the issue to be closed", () => issue.closed !== undefined, 40_000);
    expect(description()).toBe("changed by hand");
  });
});

describe("who changed it", () => {
  /** As CloudTrail has it some minutes later. */
  const happens = (apiId: string, identity: object): void => {
    const told = {
      name: "UpdateApi",
      source: "apigateway.amazonaws.com",
      request: { apiId, description: "changed by hand" },
      more: { sessionCredentialFromConsole: "true" },
    };
    trailEvents(world.aws.region(REGION)).push(anEvent({ ...told, identity, at: new Date() }));
  };

  test("is said once CloudTrail knows it, as text; before, that it may come", async () => {
    const { issue, apiId } = await drifted();
    expect(issue.body).toContain("up to 15 minutes late");
    happens(apiId, assumedRole("Admin", "@acme <img src=x>"));
    await world.ask(issue, "/drift");
    expect(issue.body).toMatch(
      /: `UpdateApi` by `Admin\/@acme <img src=x>` with the AWS console, [\d: -]+ UTC$/m,
    );
    expect(issue.body).not.toContain("15 minutes");
  });

  test("is said to be Gatewright where it was", async () => {
    const { issue, apiId } = await drifted();
    happens(apiId, assumedRole("deployer", "gatewright-pr1-0a1b2c3d-acme-shop"));
    await world.ask(issue, "/drift");
    expect(issue.body).toContain("(Gatewright itself)");
  });

  test("is left out without the permission, and where AWS throttles: the comparison is made all the same", async () => {
    const { issue, apiId } = await drifted();
    happens(apiId, assumedRole("Admin", "ana"));
    for (const kind of ["denied", "throttle"] as const) {
      const fault = world.aws.faults.inject({ kind, service: "cloudtrail", times: 100 });
      const { body } = await world.ask(issue, "/drift");
      fault.times = 0;
      expect(factsIn(body, "drifts")).toEqual([{ directory: ".", stage: "dev", differs: 1 }]);
      expect(fault.hits).toBeGreaterThan(0);
      expect(issue.body).toContain("`Description`: set to `changed by hand`");
      expect(issue.body).not.toContain("Who changed it");
    }
  });
});

describe("on a drift issue", () => {
  test("/apply ID takes AWS back to the default branch, reports there and closes the issue", async () => {
    const { issue, planId, description } = await drifted();
    const { body, reaction } = await world.ask(issue, `/apply ${planId}`);
    expect(stateOf(body)).toBe("done");
    expect(reaction).toBe("rocket");
    expect(description()).not.toBe("changed by hand");
    await world.github.until("the issue to be closed", () => issue.closed !== undefined, 40_000);
  });

  test("/apply needs the plan's id, and one that is still true", async () => {
    const { issue, description } = await drifted();
    const without = await world.ask(issue, "/apply");
    expect(codesIn(without.body)).toEqual(["PLAN_ID_NEEDED"]);
    const other = await world.ask(issue, `/apply ${"0".repeat(12)}`);
    expect(other.reaction).toBe("confused");
    expect(description()).toBe("changed by hand");
  });

  test("gates hold: who may only read applies nothing, nor does anybody while the stack is locked", async () => {
    const { issue, planId, description } = await drifted();
    const stranger = await world.ask(issue, `/apply ${planId}`, world.rea);
    expect(closedGatesIn(stranger.body)).toEqual(["permission"]);
    const lock = await world.ask(issue, "/lock we look at it", world.ben);
    expect(lock.body).not.toContain("merged");
    const locked = await world.ask(issue, `/apply ${planId}`);
    expect(closedGatesIn(locked.body)).toEqual(["unlocked"]);
    expect(description()).toBe("changed by hand");
  });

  test("/plan and /drift compare anew, /help helps, /destroy is refused", async () => {
    const { issue } = await drifted();
    for (const command of ["/plan", "/drift"]) {
      const { body } = await world.ask(issue, command);
      expect(factsIn(body, "drifts")).toEqual([{ directory: ".", stage: "dev", differs: 1 }]);
    }
    expect((await world.ask(issue, "/help")).reaction).toBe("rocket");
    expect(codesIn((await world.ask(issue, "/destroy")).body)).toEqual(["PULL_NEEDED"]);
  });
});

describe("on any other issue", () => {
  test("nothing is answered: a person's that copies the marker, another App's", async () => {
    const { repository, issue } = await drifted();
    const forged = world.ana.openIssue(repository, { title: "Drift", body: issue.body ?? "" });
    world.ana.comment(forged, "/apply 0123456789ab");
    world.ana.comment(forged, "/help");
    await world.ask(issue, "/help");
    await world.quiet();
    expect(forged.comments.map(({ author }) => author.login)).toEqual(["ana", "ana"]);
    expect(forged.comments.flatMap(({ reactions }) => reactions)).toEqual([]);
  });
});

test("a stage that is deployed from another branch is compared with that one, by command and on its issue", async () => {
  const settings =
    "stages:\n  old:\n    apply: on-merge\n    gates: [permission, plan-current]\n    branch: release/1.x\n";
  const { repository, name } = world.scenario({ settings });
  const of = (description: string) => ({ "resources.js": proxyStack({ api: name, description }) });
  world.ana.push(repository, "main", of("of main"));
  world.ana.push(repository, "release/1.x", { "old.md": "x" });
  world.ana.push(repository, "fix", of("of the release"), { from: "release/1.x" });
  const pull = world.ana.openPullRequest(repository, { head: "fix", base: "release/1.x", title: "Fix" });
  await world.ask(pull, "/plan");
  world.ana.merge(pull);
  await world.told(pull, "the apply", (body) => stateOf(body) === "done");
  const description = (): unknown =>
    [...world.aws.state.apis.values()].find(({ api }) => api.Name === name)?.api.Description;
  expect(description()).toBe("of the release");
  const other = world.ana.openPullRequest(repository, { head: "fix", title: "Another" });
  await world.ask(other, "/drift");
  expect(repository.issues.filter((one) => one.pull === undefined)).toEqual([]);
  const record = [...world.aws.state.apis.values()].find(({ api }) => api.Name === name);
  Object.assign(record?.api ?? {}, { Description: "by hand" });
  await world.ask(other, "/drift");
  const issue = repository.issues.find((one) => one.pull === undefined);
  if (issue === undefined) throw new Error("no issue");
  expect(issue.title).toContain("release/1.x");
  const planId = /\/apply ([0-9a-f]{12})/.exec(issue.body ?? "")?.[1] ?? "";
  expect(stateOf((await world.ask(issue, `/apply ${planId}`)).body)).toBe("done");
  expect(description()).toBe("of the release");
});
