/** The rules of environments, read from a GitHub over HTTP. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  type EnvironmentQuestion,
  matches,
  readEnvironments,
} from "../../../../../bot/gates/facts/environment.ts";
import type { ReviewFact } from "../../../../../bot/gates/facts/facts.ts";
import { connectGitHub, type GitHubRequest } from "../../../../../src/github/client.ts";
import { createFakeGitHub, type FakeGitHub } from "../../../../fakes/github/fake-github.ts";
import type { Environment, Permissions, Repository } from "../../../../fakes/github/state/types.ts";

const HEAD = "1".repeat(40);
let fake: FakeGitHub;
let repository: Repository;
let request: GitHubRequest;

function connect(permissions: Permissions): void {
  const token = fake.actionsToken(repository, permissions);
  ({ request } = connectGitHub({ token, apiUrl: fake.world.urls.api }));
}

beforeEach(async () => {
  fake = createFakeGitHub();
  await fake.listen();
  repository = fake.repository("acme/shop", { private: true });
  connect({ actions: "read", contents: "read", members: "read" });
});
afterEach(async () => {
  await fake.close();
  expect(fake.violations).toEqual([]);
});

const approval = (login: string, changed: Partial<ReviewFact> = {}): ReviewFact => ({
  login,
  state: "APPROVED",
  sha: HEAD,
  at: new Date("2026-03-01T12:00:00Z"),
  canWrite: false,
  isBot: false,
  ...changed,
});

const protect = (rules: Omit<Environment, "id" | "name">): Environment =>
  fake.environment(repository, { name: "prod", ...rules });

const ask = (given: Partial<EnvironmentQuestion> = {}) =>
  readEnvironments(
    request,
    { id: repository.id, owner: "acme", name: "shop", defaultBranch: "main" },
    {
      names: ["prod", "prod"],
      branch: "main",
      login: "ana",
      headSha: HEAD,
      reviews: [],
      isReviewed: true,
      ...given,
    },
  );

describe("an environment", () => {
  it("that nobody has made, or without rules, says nothing", async () => {
    expect(await ask()).toEqual([]);
    protect({});
    expect(await ask()).toEqual([]);
  });

  it("is read once, however often it is named", async () => {
    protect({ waitTimer: 30 });
    expect(await ask()).toMatchObject([{ name: "prod", waitMinutes: 30, takesBranch: true, reviewers: [] }]);
    expect(fake.requests.filter(({ operation }) => operation === "repos/get-environment")).toHaveLength(1);
  });

  it("with a rule of an App, which is not among the environment's own, has a rule that only GitHub can keep", async () => {
    protect({ apps: { "change-board": true, "on-holiday": false } });
    expect(await ask()).toMatchObject([{ name: "prod", unknownRules: ["the App change-board's"] }]);
    repository.environments.splice(0);
    protect({ apps: { "on-holiday": false } });
    expect(await ask()).toEqual([]);
  });

  it("that may not be read is an error", async () => {
    connect({ contents: "read" });
    protect({ waitTimer: 30 });
    await expect(ask()).rejects.toThrow();
  });
});

describe("its reviewers", () => {
  it.each<[string, Partial<EnvironmentQuestion>, string | undefined]>([
    ["nobody", {}, undefined],
    ["one who approved the head, whatever they may write", { reviews: [approval("Olga")] }, "Olga"],
    ["a member of its team", { reviews: [approval("tom")] }, "tom"],
    ["who asks", { login: "olga" }, "olga"],
    ["a member who asks", { login: "tom" }, "tom"],
    ["somebody else who approved", { reviews: [approval("ben", { canWrite: true })] }, undefined],
    ["one who approved what is not deployed", { reviews: [approval("olga")], isReviewed: false }, undefined],
    ["who asks, whatever is deployed", { login: "olga", isReviewed: false }, "olga"],
    ["one who approved an older head", { reviews: [approval("olga", { sha: "2" })] }, undefined],
    ["an App of that name", { reviews: [approval("olga", { isBot: true })] }, undefined],
    [
      "one who has changed their mind",
      {
        reviews: [
          approval("olga"),
          approval("olga", { state: "CHANGES_REQUESTED", at: new Date("2026-03-01T13:00:00Z") }),
        ],
      },
      undefined,
    ],
  ])("agree: %s", async (_, given, login) => {
    const ops = fake.team("acme", "ops", { members: ["tom"] });
    protect({ reviewers: ["olga", ops] });
    const [fact] = await ask(given);
    expect(fact?.reviewers).toEqual(["olga", "acme/ops"]);
    const { agreed } = fact ?? {};
    expect(typeof agreed === "object" ? agreed.login : agreed).toBe(login);
  });

  it.each([
    ["who asks", { login: "olga" }],
    ["who asks and has approved", { login: "olga", reviews: [approval("olga")] }],
  ])("do not review themselves where that is prevented: %s", async (_, given) => {
    protect({ reviewers: ["olga"], preventSelfReview: true });
    expect((await ask(given))[0]?.agreed).toBeUndefined();
    const others = await ask({ login: "ana", reviews: [approval("olga")] });
    expect(others[0]?.agreed).toEqual({ login: "olga", asks: false });
  });

  it("have not agreed when the reviews are unknown, and of something else", async () => {
    protect({ reviewers: ["olga"] });
    expect((await ask({ reviews: undefined, isReviewed: false }))[0]?.agreed).toBeUndefined();
  });

  it("are unknown when the reviews are, unless one asks", async () => {
    protect({ reviewers: ["olga"] });
    expect((await ask({ reviews: undefined }))[0]?.agreed).toBe("unknown");
    expect((await ask({ reviews: undefined, login: "olga" }))[0]?.agreed).toEqual({
      login: "olga",
      asks: true,
    });
  });
});

describe("its branches", () => {
  it("are the protected ones", async () => {
    protect({ branches: "protected" });
    repository.protectedBranches.add("main");
    expect((await ask())[0]).toMatchObject({ takesBranch: true, branches: "protected" });
    expect((await ask({ branch: "topic" }))[0]?.takesBranch).toBe(false);
  });

  it("are those that a pattern matches; none takes none", async () => {
    protect({ branches: "custom", patterns: ["main", "release/*"] });
    expect((await ask({ branch: "release/1" }))[0]?.takesBranch).toBe(true);
    expect((await ask({ branch: "topic" }))[0]?.takesBranch).toBe(false);
    repository.environments.splice(0);
    protect({ branches: "custom" });
    expect((await ask())[0]?.takesBranch).toBe(false);
  });

  it.each([
    ["main", "main", true],
    ["main", "domain", false],
    ["release/*", "release/1.2", true],
    ["release/*", "release/1/2", false],
    ["*", "topic", true],
    ["*", "ana/topic", false],
    ["**/*", "ana/topic", true],
    ["**/*", "topic", true],
    ["v?", "v1", true],
    ["v?", "v10", false],
    ["v[0-9]", "v7", true],
    ["v[!0-9]", "v7", false],
    ["a.b", "axb", false],
    ["(x", "(x", true],
    ["[z-a]", "b", false],
  ])("%s matches %s: %s", (pattern, branch, expected) => {
    expect(matches(pattern, branch)).toBe(expected);
  });
});
