import { describe, expect, it } from "vitest";
import { readReviews } from "../../../../../bot/gates/facts/reviews.ts";
import { aStack } from "../../../../fakes/store.ts";
import { recorded } from "../recorded.ts";

const review = (login: string | null, state: unknown, more: object = {}) => ({
  user: login === null ? null : { login, type: "User" },
  state,
  commit_id: "abc",
  submitted_at: "2026-01-02T03:04:05Z",
  ...more,
});

const read = async (reviews: readonly unknown[]) => {
  const { request, asked } = recorded({
    "/reviews": reviews,
    "/permission": ({ username }: Readonly<Record<string, unknown>>) => ({
      permission: username === "ben" ? "write" : "read",
    }),
  });
  return { facts: await readReviews(request, aStack().repository, 7), asked };
};

describe("a review", () => {
  it("is read as GitHub has it", async () => {
    const { facts, asked } = await read([review("ben", "APPROVED")]);
    expect(facts).toEqual([
      {
        login: "ben",
        isBot: false,
        state: "APPROVED",
        sha: "abc",
        at: new Date("2026-01-02T03:04:05Z"),
        canWrite: true,
      },
    ]);
    expect(asked[0]).toEqual([
      "GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews",
      { owner: "acme", repo: "shop", pull_number: 7, per_page: 100, page: 1 },
    ]);
  });

  it.each([
    ["APPROVED", "APPROVED"],
    ["approved", "APPROVED"],
    ["changes_requested", "CHANGES_REQUESTED"],
    ["DISMISSED", "DISMISSED"],
    ["pending", "PENDING"],
    ["COMMENTED", "COMMENTED"],
    ["a state of tomorrow", "COMMENTED"],
    [undefined, "COMMENTED"],
  ])("in the state %s counts as %s", async (state, expected) => {
    expect((await read([review("ben", state)])).facts[0]?.state).toBe(expected);
  });

  it("without a time is older than every other", async () => {
    const { facts } = await read([review("ben", "APPROVED", { submitted_at: null })]);
    expect(facts[0]?.at).toEqual(new Date(0));
  });

  it("has what its own author may do, each of whom is asked for once", async () => {
    const { facts, asked } = await read([
      review("ben", "COMMENTED"),
      review("cy", "APPROVED"),
      review("ben", "APPROVED"),
      review(null, "APPROVED"),
    ]);
    expect(facts.map(({ login, canWrite }) => [login, canWrite])).toEqual([
      ["ben", true],
      ["cy", false],
      ["ben", true],
      ["", false],
    ]);
    const people = asked
      .filter(([route]) => route.endsWith("/permission"))
      .map(([, given]) => given.username);
    expect(people).toEqual(["ben", "cy"]);
  });
});
