import { describe, expect, it } from "vitest";
import { commentUrl } from "../../../../bot/services/comment-url.ts";
import { commandKey } from "../../../../bot/services/idempotency-keys.ts";

const PLACES = [undefined, "review", "review-comment"] as const;

describe("a comment, a review and a comment on a line of one number", () => {
  it("are three commands", () => {
    expect(new Set(PLACES.map((where) => commandKey(1, { commentId: 5, in: where }))).size).toBe(3);
  });

  it("have three addresses", () => {
    const urls = PLACES.map((where) =>
      commentUrl("https://github.com/acme/shop", {
        pull: 7,
        commentId: 5,
        in: where,
      }),
    );
    expect(urls).toEqual([
      "https://github.com/acme/shop/pull/7#issuecomment-5",
      "https://github.com/acme/shop/pull/7#pullrequestreview-5",
      "https://github.com/acme/shop/pull/7#discussion_r5",
    ]);
  });
});
