import { describe, expect, test } from "vitest";
import { refuseCheckout } from "../../../src/action/refuse-checkout.ts";

describe("a checkout", () => {
  test.each([
    "pull_request_target",
    "workflow_run",
    "issue_comment",
    "issues",
    "discussion",
    "discussion_comment",
  ])("is refused where the job has secrets and anybody can start it: %s", (event) => {
    expect(() => refuseCheckout({ event }, { source: "checkout" })).toThrow(
      expect.objectContaining({ code: "SOURCE_CHECKOUT", message: expect.stringContaining(event) }),
    );
    expect(() => refuseCheckout({ event }, { source: "api" })).not.toThrow();
  });

  test.each(["pull_request", "push", "merge_group", "workflow_dispatch", "schedule", "constructor"])(
    "is what %s has",
    (event) => {
      expect(() => refuseCheckout({ event }, { source: "checkout" })).not.toThrow();
    },
  );
});
