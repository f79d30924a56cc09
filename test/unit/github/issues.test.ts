import { describe, expect, it } from "vitest";
import { closeIssue, keepIssue, openedAt } from "../../../src/github/issues.ts";
import { md } from "../../../src/text/markdown.ts";
import { httpError } from "./memory-github.ts";
import { recorded } from "./recorded.ts";
import { remembered } from "./remembering.ts";

const LIST = "GET /repos/{owner}/{repo}/issues";
const OPEN = "POST /repos/{owner}/{repo}/issues";
const ONE = "GET /repos/{owner}/{repo}/issues/{issue_number}";
const EDIT = "PATCH /repos/{owner}/{repo}/issues/{issue_number}";
const MARKER = md`<!-- marker -->`;
const TEXT = { title: "Drift", body: md`AWS differs` };

function setUp(answers: Readonly<Record<string, unknown>>, known?: number) {
  const { request, asked } = recorded(answers);
  const memory = remembered(known);
  const place = { request, repository: { owner: "acme", repo: "shop" }, login: "gatewright[bot]" };
  return { place, issue: { remembered: memory, marker: MARKER }, memory, asked };
}

describe("an issue of ours", () => {
  it("is opened with its marker when there is none, and remembered", async () => {
    const { place, issue, memory, asked } = setUp({ [LIST]: [], [OPEN]: { number: 5 } });
    await keepIssue(place, issue, TEXT);
    expect(asked.map(({ route }) => route)).toEqual([LIST, OPEN]);
    expect(asked[0]?.parameters).toMatchObject({ creator: "gatewright[bot]", state: "open" });
    expect(asked[1]?.parameters).toMatchObject({ title: "Drift", body: `AWS differs\n\n${MARKER}` });
    expect(memory.state.id).toBe(5);
  });

  it("is found by its marker when its number was lost, and updated", async () => {
    const { place, issue, memory, asked } = setUp({
      [LIST]: [
        { number: 1, body: "another" },
        { number: 2, body: `old ${MARKER}` },
      ],
    });
    await keepIssue(place, issue, TEXT);
    expect(asked.at(-1)).toMatchObject({ route: EDIT, parameters: { issue_number: 2, state: "open" } });
    expect(memory.state.id).toBe(2);
  });

  it.each([404, 410])("is opened anew when somebody deleted it (%i)", async (status) => {
    const { place, issue, memory } = setUp({ [EDIT]: httpError(status), [OPEN]: { number: 6 } }, 5);
    await keepIssue(place, issue, TEXT);
    expect(memory.state.id).toBe(6);
  });

  it("is closed and forgotten; without one nothing is written", async () => {
    const open = setUp({}, 5);
    await closeIssue(open.place, open.issue);
    expect(open.asked).toMatchObject([{ route: EDIT, parameters: { issue_number: 5, state: "closed" } }]);
    expect(open.memory.state.id).toBeUndefined();
    const none = setUp({ [LIST]: [] });
    await closeIssue(none.place, none.issue);
    expect(none.asked.map(({ route }) => route)).toEqual([LIST]);
  });

  it("tells when it was opened; nothing where there is none, or somebody deleted it", async () => {
    const open = setUp({ [ONE]: { created_at: "2026-11-29T05:12:00Z" } }, 5);
    expect(await openedAt(open.place, open.issue)).toBe(Date.UTC(2026, 10, 29, 5, 12));
    const none = setUp({ [LIST]: [] });
    expect(await openedAt(none.place, none.issue)).toBeUndefined();
    const deleted = setUp({ [ONE]: httpError(410) }, 5);
    expect(await openedAt(deleted.place, deleted.issue)).toBeUndefined();
  });
});
