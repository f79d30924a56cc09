import { describe, expect, it } from "vitest";
import { addReaction } from "../../../src/github/reactions.ts";

async function routesOf(comment: Parameters<typeof addReaction>[2]): Promise<readonly string[]> {
  const routes: string[] = [];
  const request = async (route: string) => {
    routes.push(route);
    return { status: 200, data: {}, headers: {} };
  };
  await addReaction(request, { owner: "acme", repo: "shop" }, comment, "eyes");
  return routes;
}

describe("a reaction", () => {
  it("goes to the comment of the conversation", async () => {
    expect(await routesOf({ commentId: 5 })).toEqual([
      "POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions",
    ]);
  });

  it("goes to the comment on the line", async () => {
    expect(await routesOf({ commentId: 5, in: "review-comment" })).toEqual([
      "POST /repos/{owner}/{repo}/pulls/comments/{comment_id}/reactions",
    ]);
  });

  it("is left out on a review, which takes none through REST", async () => {
    expect(await routesOf({ commentId: 5, in: "review" })).toEqual([]);
  });
});
