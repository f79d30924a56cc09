import { describe, expect, it } from "vitest";
import { gatherFacts } from "../../../../../bot/gates/facts/gather.ts";
import { canWrite, readTeams } from "../../../../../bot/gates/facts/permission.ts";
import { readPerson } from "../../../../../bot/gates/facts/person.ts";
import { readPushers } from "../../../../../bot/gates/facts/pushers.ts";
import { permission } from "../../../../../bot/gates/permission.ts";
import { createRequest } from "../../../../../src/github/client.ts";
import { createFakeClock } from "../../../../fakes/clock.ts";
import { httpError } from "../../../github/memory-github.ts";
import { PULL } from "../pull.ts";
import { type Answer, recorded } from "../recorded.ts";

const REPOSITORY = { id: 1, owner: "acme", name: "shop", defaultBranch: "main" };
const WHERE = { owner: "acme", repo: "shop" };
const PERMISSION = "/collaborators/{username}/permission";
const MEMBER = "/memberships/{username}";

describe("who may write", () => {
  it.each([
    ["admin", true],
    ["maintain", true],
    ["write", true],
    ["triage", false],
    ["read", false],
    ["none", false],
    [undefined, false],
  ])("%s: %s", (level, expected) => {
    expect(canWrite(level)).toBe(expected);
  });
});

describe("a person", () => {
  const of = (answers: Readonly<Record<string, Answer>>, allowed?: readonly string[]) =>
    readPerson(recorded(answers).request, REPOSITORY, "ana", allowed);

  it("is asked for by login, and by the teams of the stage's list alone", async () => {
    const { request, asked } = recorded({
      [PERMISSION]: { permission: "write" },
      [MEMBER]: { state: "active" },
    });
    const person = await readPerson(request, REPOSITORY, "ana", ["ben", "acme/ops"]);
    expect(person).toEqual({
      login: "ana",
      permission: "write",
      allowed: ["ben", "acme/ops"],
      teams: ["acme/ops"],
      unread: {},
    });
    expect(asked).toEqual([
      [`GET /repos/{owner}/{repo}${PERMISSION}`, { ...WHERE, username: "ana" }],
      [`GET /orgs/{org}/teams/{team_slug}${MEMBER}`, { org: "acme", team_slug: "ops", username: "ana" }],
    ]);
  });

  it("is in no team that nobody asks for", async () => {
    const person = await of({ [PERMISSION]: { permission: "write" } });
    expect(person).toEqual({
      login: "ana",
      permission: "write",
      allowed: undefined,
      teams: undefined,
      unread: {},
    });
    expect(permission(person).passed).toBe(true);
  });

  it("may do nothing in a repository that does not know them", async () => {
    expect(await of({})).toMatchObject({ permission: "none" });
  });

  it("of whom GitHub says something new has no permission that is known", async () => {
    const person = await of({ [PERMISSION]: { permission: "owner" } });
    expect(person.permission).toBeUndefined();
    expect(permission(person).passed).toBe(false);
  });

  it.each([
    ["permission", /permission$/, "`metadata: read`"],
    ["teams", /memberships/, "`members: read`"],
  ] as const)(
    "whose %s the App may not read closes the gate, which names what to grant",
    async (what, refused, grant) => {
      const { request } = recorded({ [PERMISSION]: { permission: "write" }, [MEMBER]: { state: "active" } });
      const clock = createFakeClock();
      const send: typeof request = async (route, parameters) => {
        if (refused.test(route.replace("{username}", "x")))
          throw httpError(403, "Resource not accessible by integration");
        return request(route, parameters);
      };
      const asking = createRequest(send, { audience: "app", clock });
      const person = await readPerson(asking, REPOSITORY, "ana", ["acme/ops"]);
      expect(Object.keys(person.unread ?? {})).toEqual([what]);
      expect(permission(person)).toMatchObject({ passed: false, next: expect.stringContaining(grant) });
    },
  );
});

describe("the facts of the gates", () => {
  it("count the commits that the head does not have of the branch that the stage is deployed from", async () => {
    const { request, asked } = recorded({ "/compare/{basehead}": { behind_by: 3 } });
    const options = { login: "ana", appSlug: "gatewright", ignore: [] };
    expect((await gatherFacts(request, REPOSITORY, PULL, options)).behindBy).toBe(3);
    await gatherFacts(request, REPOSITORY, PULL, { ...options, branch: "release" });
    const compared = asked.filter(([route]) => route.endsWith("/compare/{basehead}"));
    expect(compared.map(([, given]) => given)).toEqual(
      ["main", "release"].map((branch) => ({ ...WHERE, basehead: `${branch}...${PULL.headSha}` })),
    );
  });

  it("are of the head, and ask for teams only where the stage has a list", async () => {
    const { request, asked } = recorded({
      [PERMISSION]: { permission: "write" },
      "/activity": [{ after: PULL.headSha, actor: { login: "ben" } }],
    });
    const facts = await gatherFacts(request, REPOSITORY, PULL, {
      login: "ana",
      appSlug: "gatewright",
      ignore: [],
    });
    expect(facts).toMatchObject({
      permission: "write",
      pushers: ["ben"],
      teams: undefined,
      author: "ana",
      pull: 7,
    });
    expect(asked.some(([route]) => route.includes("/teams/"))).toBe(false);
  });
});

describe("what could not be read", () => {
  it.each([
    ["teams", /memberships/],
    ["pushers", /activity|\/commits\/\{ref\}$/],
  ] as const)("of the %s leaves what to grant under that name", async (what, refused) => {
    const { request } = recorded({
      [PERMISSION]: { permission: "write" },
      "/check-runs": [],
      "/statuses": [],
    });
    const send: typeof request = async (route, parameters) => {
      if (refused.test(route)) throw httpError(403, "Resource not accessible by integration");
      return request(route, parameters);
    };
    const asking = createRequest(send, { audience: "app", clock: createFakeClock() });
    const options = { login: "ana", appSlug: "gatewright", ignore: [], allowed: ["acme/ops"] };
    expect((await gatherFacts(asking, REPOSITORY, PULL, options)).unread?.[what]).toContain("read");
  });
});

describe("the teams of a list", () => {
  it("are asked for one by one, with their organization", async () => {
    const { request, asked } = recorded({
      [MEMBER]: ({ team_slug: team }: Readonly<Record<string, unknown>>) => ({
        state: team === "ops" ? "active" : "pending",
      }),
    });
    expect(await readTeams(request, ["ana", "acme/ops", "other/dev"], "ana")).toEqual(["acme/ops"]);
    expect(asked.map(([, given]) => given)).toEqual([
      { org: "acme", team_slug: "ops", username: "ana" },
      { org: "other", team_slug: "dev", username: "ana" },
    ]);
  });
});

describe("who pushed", () => {
  const pushed = (more: Readonly<Record<string, Answer>> = {}) =>
    recorded({
      "/activity": [{ after: PULL.headSha, actor: { login: "ben" } }],
      "/commits/{ref}": { author: { login: "cy" }, committer: { login: "cy" } },
      ...more,
    });

  it("is asked for of the head's branch", async () => {
    const { request, asked } = pushed();
    expect(await readPushers(request, REPOSITORY, PULL)).toEqual(["ben"]);
    expect(asked).toEqual([
      ["GET /repos/{owner}/{repo}/activity", { ...WHERE, ref: "refs/heads/topic", per_page: 100 }],
    ]);
  });

  it("to a fork's branch is never who pushed to this repository's branch of that name", async () => {
    const { request, asked } = pushed();
    expect(await readPushers(request, REPOSITORY, { ...PULL, fork: true })).toEqual(["cy"]);
    expect(asked).toEqual([["GET /repos/{owner}/{repo}/commits/{ref}", { ...WHERE, ref: PULL.headSha }]]);
  });
});
