import { describe, expect, it } from "vitest";
import { readPermission, readTeams } from "../../../../bot/gates/facts/permission.ts";
import { readPushers } from "../../../../bot/gates/facts/pushers.ts";
import { readReviews } from "../../../../bot/gates/facts/reviews.ts";
import { gatherFacts } from "../../../../bot/gates/facts/gather.ts";
import type { GitHubRequest } from "../../../../src/github/client.ts";
import { PULL } from "./pull.ts";
import { recorded } from "./recorded.ts";

const REPOSITORY = { id: 1, owner: "acme", name: "shop", defaultBranch: "main", installationId: 1 };

/** Answers by the end of the route; what is not in the table is not found. */
function answering(answers: Readonly<Record<string, unknown>>): GitHubRequest {
  return async (route) => {
    const found = Object.keys(answers).find((end) => route.endsWith(end));
    if (found === undefined) throw Object.assign(new Error("Not Found"), { status: 404 });
    return { status: 200, data: answers[found], headers: {} };
  };
}

const check = (
  slug: string,
  name: string,
  conclusion: string | null,
  startedAt = "2026-01-01T00:00:00Z",
  suite = 1,
) => ({
  name,
  app: { slug },
  check_suite: { id: suite },
  status: conclusion === null ? "in_progress" : "completed",
  conclusion,
  started_at: startedAt,
});

const checksOf = async (
  appSlug: string,
  runs: readonly unknown[],
  statuses: readonly unknown[] = [],
  workflowRuns?: readonly unknown[],
) => {
  const request = answering({
    "/check-runs": { check_runs: runs },
    "/statuses": statuses,
    ...(workflowRuns === undefined ? {} : { "/actions/runs": { workflow_runs: workflowRuns } }),
  });
  const facts = await gatherFacts(request, REPOSITORY, PULL, { login: "ana", appSlug, ignore: ["lint"] });
  return facts.checks?.map(({ name, state }) => `${name} ${state}`);
};

describe("checks", () => {
  it("are judged by their newest run, with statuses beside them", async () => {
    const runs = [
      check("ci", "test", "failure", "2026-01-01T00:00:00Z"),
      check("ci", "test", "success", "2026-01-01T00:05:00Z"),
      check("ci", "build", null),
    ];
    const statuses = [{ context: "legacy", state: "error", created_at: "2026-01-01T00:00:00Z" }];
    expect(await checksOf("gatewright", runs, statuses)).toEqual([
      "test green",
      "build pending",
      "legacy red",
    ]);
  });

  it.each([
    ["another App", check("other-ci", "test", "success", "2026-01-01T00:05:00Z")],
    ["another suite of who knows which workflow", check("ci", "test", "success", "2026-01-01T00:05:00Z", 2)],
  ])("of %s do not hide a red one of the same name", async (_what, green) => {
    expect(await checksOf("gatewright", [check("ci", "test", "failure"), green])).toEqual([
      "test red",
      "test green",
    ]);
  });

  describe("of two suites", () => {
    const older = check("github-actions", "test", "cancelled", "2026-01-01T00:00:00Z", 1);
    const newer = check("github-actions", "test", "success", "2026-01-01T00:05:00Z", 2);
    const run = (suite: number, workflow = 7, event = "pull_request") => ({
      check_suite_id: suite,
      workflow_id: workflow,
      event,
    });

    it.each([[[older, newer]], [[newer, older]]])(
      "count by the newer one where both are runs of one workflow for one event",
      async (runs) => {
        expect(await checksOf("gatewright", runs, [], [run(1), run(2)])).toEqual(["test green"]);
      },
    );

    it.each([
      ["another workflow", [run(1), run(2, 8)]],
      ["another event", [run(1), run(2, 7, "push")]],
      ["no workflow", [run(1)]],
    ])("do not hide each other where one is of %s", async (_what, workflowRuns) => {
      expect(await checksOf("gatewright", [older, newer], [], workflowRuns)).toEqual([
        "test red",
        "test green",
      ]);
    });

    it("are told apart by the workflow runs of that commit", async () => {
      const { request, asked } = recorded({
        "/check-runs": { check_runs: [older, newer] },
        "/actions/runs": { workflow_runs: [] },
        "/statuses": [],
      });
      await gatherFacts(request, REPOSITORY, PULL, { login: "ana", appSlug: "gatewright", ignore: [] });
      expect(
        asked.filter(([route]) => route.endsWith("/actions/runs")).map(([, given]) => given),
      ).toMatchObject([{ owner: "acme", repo: "shop", head_sha: PULL.headSha }]);
    });

    it("ask for workflows only where it matters", async () => {
      const asked: string[] = [];
      const answer = answering({ "/check-runs": { check_runs: [older] }, "/statuses": [] });
      const request: GitHubRequest = (route, parameters) => {
        asked.push(route);
        return answer(route, parameters);
      };
      await gatherFacts(request, REPOSITORY, PULL, { login: "ana", appSlug: "gatewright", ignore: [] });
      expect(asked.filter((route) => route.endsWith("/actions/runs"))).toEqual([]);
    });
  });

  it("and statuses of the same name do not hide each other, nor do those of two authors", async () => {
    const status = (login: string, state: string, second: number) => ({
      context: "test",
      state,
      creator: { login },
      created_at: `2026-01-01T00:05:0${second}Z`,
    });
    const runs = [check("ci", "test", "failure")];
    const statuses = [
      status("jenkins", "success", 2),
      status("jenkins", "failure", 1),
      status("eve", "error", 0),
    ];
    expect(await checksOf("gatewright", runs, statuses)).toEqual(["test red", "test green", "test red"]);
  });

  it("count by the newest status of an author, whatever the order, and one without a time as the oldest", async () => {
    const status = (state: string, at?: string) => ({
      context: "test",
      state,
      creator: { login: "ci" },
      created_at: at,
    });
    const [early, late] = ["2026-01-01T00:00:00Z", "2026-01-01T00:05:00Z"];
    const of = (...statuses: readonly unknown[]) => checksOf("gatewright", [], statuses);
    expect(await of(status("success", early), status("failure", late))).toEqual(["test red"]);
    expect(await of(status("failure", late), status("success", early))).toEqual(["test red"]);
    expect(await of(status("pending", late), status("success", early))).toEqual(["test pending"]);
    expect(await of(status("failure", late), status("success"))).toEqual(["test red"]);
  });

  it.each([
    ["success", "green"],
    ["neutral", "green"],
    ["skipped", "green"],
    ["failure", "red"],
    ["cancelled", "red"],
    ["timed_out", "red"],
    ["action_required", "red"],
    ["stale", "red"],
    ["startup_failure", "red"],
  ])("that ended with %s are %s", async (conclusion, state) => {
    expect(await checksOf("gatewright", [check("ci", "test", conclusion)])).toEqual([`test ${state}`]);
  });

  it("of two Apps with one slug on another server are told apart by the Apps' numbers", async () => {
    const app = (id: number, conclusion: string) => ({
      ...check("ci", "test", conclusion),
      app: { slug: "ci", id },
    });
    expect(await checksOf("gatewright", [app(1, "failure"), app(2, "success")])).toEqual([
      "test red",
      "test green",
    ]);
  });

  it("of others are ours by no name: a status called like our check is a condition", async () => {
    const status = {
      context: "gatewright",
      state: "failure",
      creator: { login: "gatewright" },
      created_at: "",
    };
    expect(await checksOf("gatewright", [], [status])).toEqual(["gatewright red"]);
  });

  it("called gatewright by somebody else are checks like any other", async () => {
    const runs = [
      check("ci", "gatewright", "failure"),
      check("github-actions", "gatewright tests", "failure"),
    ];
    expect(await checksOf("github-actions", runs)).toEqual(["gatewright red", "gatewright tests red"]);
  });

  it("that the settings ignore, and our own, are left out", async () => {
    const runs = [check("gatewright", "gatewright apply dev", "failure"), check("ci", "lint", "failure")];
    expect(await checksOf("gatewright", runs)).toEqual([]);
  });

  it("of a workflow are not our own, although the bot runs as the same App inside one", async () => {
    const runs = [
      check("github-actions", "test", "failure"),
      check("github-actions", "gatewright apply dev", null),
    ];
    expect(await checksOf("github-actions", runs)).toEqual(["test red"]);
  });

  it("that cannot be read are not known, which is not green", async () => {
    const facts = await gatherFacts(answering({}), REPOSITORY, PULL, {
      login: "ana",
      appSlug: "gatewright",
      ignore: [],
    });
    expect([facts.checks, facts.reviews, facts.behindBy]).toEqual([undefined, undefined, undefined]);
  });
});

describe("the teams of a stage's list", () => {
  const asked = async (status: number) => {
    const request: GitHubRequest = async (route) => {
      if (route.includes("/teams/"))
        throw Object.assign(new Error("no"), { status, response: { headers: {}, data: {} } });
      return { status: 200, data: [], headers: {} };
    };
    const options = { login: "ana", appSlug: "gatewright", ignore: [], allowed: ["acme/deployers"] };
    return (await gatherFacts(request, REPOSITORY, PULL, options)).teams;
  };

  it("are none for somebody who is in none", async () => {
    expect(await asked(404)).toEqual([]);
  });

  it("are not known when GitHub forbids to look, or fails", async () => {
    expect(await asked(403)).toBeUndefined();
    expect(await asked(500)).toBeUndefined();
  });
});

describe("a permission", () => {
  const of = (permission: string, role_name?: string) =>
    readPermission(answering({ "/permission": { permission, role_name } }), REPOSITORY, "ana");

  it.each([
    ["write", "write", "write"],
    ["write", "maintain", "maintain"],
    ["read", "triage", "triage"],
    ["write", "security-reviewer", "write"],
    ["read", "maintain", "read"],
    ["admin", "write", "admin"],
    ["none", "none", "none"],
  ])("%s with the role %s is %s", async (permission, role, expected) => {
    expect(await of(permission, role)).toBe(expected);
  });

  it("of an old server has no role, and one that nobody knows is not known", async () => {
    expect(await of("write")).toBe("write");
    expect(await of("owner", "write")).toBeUndefined();
    expect(await of("", "admin")).toBeUndefined();
  });

  it("of a team counts only for active members", async () => {
    const asked = (state: unknown) =>
      readTeams(answering({ "/memberships/{username}": { state } }), ["acme/deployers"], "ana");
    expect(await asked("active")).toEqual(["acme/deployers"]);
    expect(await asked("pending")).toEqual([]);
    expect(await asked(undefined)).toEqual([]);
  });
});

describe("reviews", () => {
  const review = (login: string | null, type = "User") => ({
    user: login === null ? null : { login, type },
    state: "APPROVED",
    commit_id: PULL.headSha,
    submitted_at: "2026-01-01T00:00:00Z",
  });
  const factsOf = async (permission: number | string, reviews: readonly unknown[]) => {
    const request: GitHubRequest = async (route) => {
      if (!route.endsWith("/permission")) return { status: 200, data: reviews, headers: {} };
      if (typeof permission === "number")
        throw Object.assign(new Error("no"), { status: permission, response: { headers: {}, data: {} } });
      return { status: 200, data: { permission }, headers: {} };
    };
    const facts = await readReviews(request, REPOSITORY, 7);
    return facts.map(({ canWrite, isBot }) => [canWrite, isBot]);
  };

  it("say whether their authors may write, and when that is not known", async () => {
    expect(await factsOf("write", [review("ben")])).toEqual([[true, false]]);
    expect(await factsOf("read", [review("ben")])).toEqual([[false, false]]);
    expect(await factsOf(404, [review("ben")])).toEqual([[false, false]]);
    expect(await factsOf(403, [review("ben")])).toEqual([["unknown", false]]);
  });

  it("say which are of Apps, and of accounts that are gone", async () => {
    expect(await factsOf("write", [review("renovate[bot]", "Bot"), review(null)])).toEqual([
      [true, true],
      [false, true],
    ]);
  });
});

describe("who pushed the head", () => {
  const activity = (after: string, login: string | null) => ({
    after,
    actor: login === null ? null : { login },
  });
  const commit = { author: { login: "ana" }, committer: { login: "web-flow" } };

  it("is who GitHub saw push it, whatever the commit says", async () => {
    const entries = [activity("3".repeat(40), "cy"), activity(PULL.headSha, "ben")];
    const request = answering({ "/activity": entries, "/commits/{ref}": commit });
    expect(await readPushers(request, REPOSITORY, PULL)).toEqual(["ben"]);
  });

  it.each([
    ["has no entry", { "/activity": [activity("3".repeat(40), "cy")] }],
    ["names nobody", { "/activity": [activity(PULL.headSha, null)] }],
    ["is missing", {}],
  ])("is who made the head commit where the record %s", async (_what, answers) => {
    const request = answering({ ...answers, "/commits/{ref}": commit });
    expect(await readPushers(request, REPOSITORY, PULL)).toEqual(["ana", "web-flow"]);
  });

  it("is not known where nobody is named", async () => {
    const request = answering({ "/commits/{ref}": { author: null, committer: null } });
    await expect(readPushers(request, REPOSITORY, PULL)).rejects.toThrow("nobody is known");
  });
});
