import { addReview, dismissReview, submitReview } from "../changes/pulls.ts";
import { actorOf, ok, onRepository, type Answer, type Call, type Operations } from "../http/call.ts";
import { found, invalid } from "../http/errors.ts";
import { paged } from "../http/paging.ts";
import { text, texts } from "../json.ts";
import { account } from "../state/world.ts";
import { userView } from "../views/account.ts";
import type { PullRequest, Repository, Review } from "../state/types.ts";
import { pullView, reviewView } from "../views/pull.ts";
import { pullOf } from "./lookup.ts";

const states: Readonly<Record<string, Review["state"]>> = {
  APPROVE: "APPROVED",
  REQUEST_CHANGES: "CHANGES_REQUESTED",
  COMMENT: "COMMENTED",
};

function reviewOf(call: Call, pull: PullRequest): Review {
  const id = Number(call.params.review_id);
  return found(pull.pull.reviews.find((review) => review.id === id));
}

function stateOf(call: Call, pull: PullRequest): Review["state"] {
  const state = states[text(call.body, "event") ?? ""] ?? "PENDING";
  const own = pull.author === actorOf(call).account;
  if (own && state === "APPROVED")
    throw invalid("Unprocessable Entity", ["Review Can not approve your own pull request"]);
  if (own && state === "CHANGES_REQUESTED")
    throw invalid("Unprocessable Entity", ["Review Can not request changes on your own pull request"]);
  return state;
}

function create(call: Call, repository: Repository): Answer {
  const pull = pullOf(call, repository);
  const review = addReview(call.world, actorOf(call), pull, {
    state: stateOf(call, pull),
    body: text(call.body, "body") ?? "",
    commit: text(call.body, "commit_id"),
  });
  return ok(reviewView(call.world, pull, review));
}

/** Reviews and who is asked for one. */
export const reviews: Operations = {
  "pulls/list-reviews": onRepository("pull_requests:read", (call, repository) => {
    const pull = pullOf(call, repository);
    // A pending review is seen by its author only.
    const shown = pull.pull.reviews.filter(
      ({ state, author }) =>
        state !== "PENDING" || (call.caller.kind === "token" && author === actorOf(call).account),
    );
    return paged(call, shown, (review) => reviewView(call.world, pull, review));
  }),
  "pulls/get-review": onRepository("pull_requests:read", (call, repository) => {
    const pull = pullOf(call, repository);
    return ok(reviewView(call.world, pull, reviewOf(call, pull)));
  }),
  "pulls/create-review": onRepository("pull_requests:write", create, "read"),
  "pulls/submit-review": onRepository(
    "pull_requests:write",
    (call, repository) => {
      const pull = pullOf(call, repository);
      const review = reviewOf(call, pull);
      submitReview(call.world, actorOf(call), pull, review, stateOf(call, pull));
      return ok(reviewView(call.world, pull, review));
    },
    "read",
  ),
  "pulls/dismiss-review": onRepository("pull_requests:write", (call, repository) => {
    const pull = pullOf(call, repository);
    const review = reviewOf(call, pull);
    if (review.state !== "APPROVED" && review.state !== "CHANGES_REQUESTED")
      throw invalid("Unprocessable Entity", ["Can not dismiss a commented pull request review"]);
    dismissReview(call.world, actorOf(call), pull, review);
    return ok(reviewView(call.world, pull, review));
  }),
  "pulls/list-requested-reviewers": onRepository("pull_requests:read", (call, repository) => {
    const { requestedReviewers } = pullOf(call, repository).pull;
    const users = [...requestedReviewers].map((login) => userView(call.world, account(call.world, login)));
    return ok({ users, teams: [] });
  }),
  "pulls/request-reviewers": onRepository("pull_requests:write", (call, repository) => {
    const pull = pullOf(call, repository);
    for (const login of texts(call.body, "reviewers")) pull.pull.requestedReviewers.add(login);
    return { status: 201, body: pullView(call.world, pull) };
  }),
};
