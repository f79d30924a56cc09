import { describe, expect, it } from "vitest";
import { gatherFacts } from "../../../../bot/gates/facts/gather.ts";
import type { PullFacts } from "../../../../bot/gates/facts/pull.ts";
import type { GitHubRequest } from "../../../../src/github/client.ts";

const REPOSITORY = { id: 1, owner: "acme", name: "shop", defaultBranch: "main", installationId: 1 };
const PULL: PullFacts = {
  number: 7,
  author: "ana",
  headSha: "1".repeat(40),
  headRef: "topic",
  baseRef: "main",
  baseSha: "2".repeat(40),
  state: "open",
  merged: false,
  draft: false,
  mergeable: true,
  fork: false,
  url: "",
};

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
) => ({
  name,
  app: { slug },
  status: conclusion === null ? "in_progress" : "completed",
  conclusion,
  started_at: startedAt,
});

const checksOf = async (appSlug: string, runs: readonly unknown[], statuses: readonly unknown[] = []) => {
  const request = answering({ "/check-runs": { check_runs: runs }, "/statuses": statuses });
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
