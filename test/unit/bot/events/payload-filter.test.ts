import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { EVENTS, type EventName } from "../../../../bot/events/listeners.ts";
import { filterPayload } from "../../../../bot/events/payload-filter.ts";

interface Example {
  readonly event: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

const { examples } = JSON.parse(
  readFileSync(new URL("../../../fixtures/github-webhook-examples.json", import.meta.url), "utf8"),
) as { readonly examples: readonly Example[] };

const example = (event: string, fits: (payload: Example["payload"]) => boolean = () => true): object => {
  const found = examples.find((one) => one.event === event && fits(one.payload));
  if (found === undefined) throw new Error(`no example of ${event}`);
  return found.payload;
};
const sifted = (event: string, payload: object): string => filterPayload(event, JSON.stringify(payload));

const toMaster = example("push", ({ ref }) => ref === "refs/heads/master");
const opened = example("pull_request", ({ action }) => action === "opened");
const comment = example("issue_comment", ({ action }) => action === "created");

function command(body: string, more: { readonly type?: string; readonly onPull?: boolean } = {}): object {
  const { type = "User", onPull = true } = more;
  return {
    ...comment,
    issue: { number: 7, ...(onPull ? { pull_request: { url: "https://api.github.com/x" } } : {}) },
    comment: { id: 5, body, user: { login: "ana", type } },
  };
}

const person = { login: "ana", type: "User" };
const review = (body: string | null, state = "commented"): object => ({
  action: "submitted",
  repository: { id: 1, name: "shop", default_branch: "main", owner: { login: "acme" } },
  pull_request: { number: 7, body: "/apply" },
  review: { id: 5, body, state, user: person },
});
const onLine = (body: string, user: object = person): object => ({
  action: "created",
  repository: { id: 1, name: "shop", default_branch: "main", owner: { login: "acme" } },
  pull_request: { number: 7, body: "/apply" },
  comment: { id: 5, body, diff_hunk: "/apply", user },
});

describe("of a delivery", () => {
  test.each([
    ["a push to the default branch", "push", toMaster],
    ["a closed pull request", "pull_request", example("pull_request", ({ action }) => action === "closed")],
    ["an opened pull request", "pull_request", opened],
    ["a labelled pull request", "pull_request", { ...opened, action: "labeled" }],
    ["a command", "issue_comment", command("/plan")],
    ["a misspelt command", "issue_comment", command("/aply")],
    ["a command in a review", "pull_request_review", review("Fine.\n/plan")],
    ["a command on a line", "pull_request_review_comment", onLine("/plan")],
  ])("%s is kept", (_what, event, payload) => {
    expect(sifted(event, payload)).not.toBe("");
  });

  test.each([
    ["a comment that is no command", "issue_comment", command("I wonder")],
    ["a command of a bot", "issue_comment", command("/plan", { type: "Bot" })],
    ["a command on an issue", "issue_comment", command("/plan", { onPull: false })],
    ["an edited command", "issue_comment", { ...command("/plan"), action: "edited" }],
    ["a review without words", "pull_request_review", review(null)],
    ["a review that is no command", "pull_request_review", review("Fine.")],
    ["a dismissed review", "pull_request_review", { ...review("/plan"), action: "dismissed" }],
    ["an edited review", "pull_request_review", { ...review("/plan"), action: "edited" }],
    ["a remark on a line", "pull_request_review_comment", onLine("Why?")],
    [
      "a bot's command on a line",
      "pull_request_review_comment",
      onLine("/plan", { login: "x", type: "Bot" }),
    ],
    ["a tag", "push", example("push", ({ ref }) => ref !== "refs/heads/master")],
    ["a default branch that was deleted", "push", { ...toMaster, deleted: true }],
    ["an assigned pull request", "pull_request", { ...opened, action: "assigned" }],
    ["an event nobody listens to", "check_suite", example("check_suite")],
    ["an event named like nothing", "constructor", {}],
    ["a payload without anything in it", "push", {}],
  ])("%s is only remembered", (_what, event, payload) => {
    expect(sifted(event, payload)).toBe("");
  });

  test("an approval without words is kept: its head is planned", () => {
    const payload = JSON.parse(sifted("pull_request_review", review(null, "approved")));
    expect(payload).toMatchObject({ pull_request: { number: 7 }, review: { state: "approved" } });
  });

  test("handlers get the same from what is kept as from the whole", () => {
    const wholes: readonly (readonly [EventName, string, object])[] = [
      ["issue_comment.created", "issue_comment", command("/plan -s dev\n\nplease, – ünïcode 🚀")],
      ["pull_request_review.submitted", "pull_request_review", review("/plan")],
      ["pull_request_review_comment.created", "pull_request_review_comment", onLine("/plan")],
      ["pull_request.opened", "pull_request", opened],
      [
        "pull_request.labeled",
        "pull_request",
        { ...opened, action: "labeled", label: { id: 1, name: "preview" } },
      ],
      ["push", "push", { ...toMaster, installation: { id: 3 } }],
      ["pull_request.closed", "pull_request", example("pull_request", ({ action }) => action === "closed")],
    ];
    for (const [name, event, whole] of wholes) {
      const kept = sifted(event, whole);
      expect(kept.length).toBeLessThan(1000);
      const { read } = EVENTS[name];
      expect(read({ id: "d", payload: JSON.parse(kept) })).toEqual(read({ id: "d", payload: whole }));
    }
  });

  test("a long comment is kept whole", () => {
    const body = `/lock ${"because ".repeat(8000)}`;
    const { comment: kept } = JSON.parse(sifted("issue_comment", command(body)));
    expect(kept.body).toBe(body);
  });

  test("fields of any size and form are kept small", () => {
    const huge = "x".repeat(2_000_000);
    const whole = {
      ...command(`/plan ${huge}`),
      sender: { login: "NESTED" },
      issue: { number: 7, pull_request: { url: huge } },
    };
    const nested = `${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}`;
    const body = JSON.stringify(whole).replace('"NESTED"', nested);
    expect(filterPayload("issue_comment", body).length).toBeLessThan(70_000);
  });

  test("what is no JSON is an error", () => {
    expect(() => filterPayload("push", "{")).toThrow(SyntaxError);
  });
});
