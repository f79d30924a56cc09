/** The gate `approved`: a writer other than the author has approved this very head. Pure. */
import type { GateState } from "../../src/model/gate.ts";
import type { Facts, ReviewFact } from "./facts/facts.ts";
import { sameLogin } from "./login.ts";
import { shortSha } from "../../src/text/sha.ts";
import { readAgain } from "./unread.ts";

export function approved({ reviews, author, headSha, unread }: Facts): GateState {
  const gate = "approved";
  if (reviews === undefined)
    return {
      gate,
      passed: false,
      state: "could not read the reviews",
      next: readAgain({ unread }, "reviews"),
    };
  const latest = latestReviews(
    reviews.filter((review) => !sameLogin(review.login, author) && review.canWrite),
  );
  const against = latest.find(({ state }) => state === "CHANGES_REQUESTED");
  if (against !== undefined) {
    return {
      gate,
      passed: false,
      state: `@${against.login} requested changes`,
      next: `Make the changes @${against.login} requested, then ask for an approval.`,
    };
  }
  const approvals = latest.filter(({ state }) => state === "APPROVED");
  const valid = approvals.find(({ sha }) => sha === headSha);
  if (valid !== undefined)
    return { gate, passed: true, state: `approved by @${valid.login} for ${shortSha(headSha)}` };
  const stale = approvals[0];
  if (stale !== undefined) {
    return {
      gate,
      passed: false,
      state: `@${stale.login} approved ${shortSha(stale.sha)}, but the head is now ${shortSha(headSha)}`,
      next: `Ask @${stale.login} to approve ${shortSha(headSha)}.`,
    };
  }
  return {
    gate,
    passed: false,
    state: "no approval by somebody with write permission other than the author",
    next: `Ask a reviewer to approve ${shortSha(headSha)}.`,
  };
}

/** Each reviewer's newest review with a verdict: a later comment does not withdraw an approval, a dismissal does. */
function latestReviews(reviews: readonly ReviewFact[]): readonly ReviewFact[] {
  const latest = new Map<string, ReviewFact>();
  for (const review of [...reviews].sort((one, other) => one.at.getTime() - other.at.getTime())) {
    if (review.state !== "COMMENTED" && review.state !== "PENDING")
      latest.set(review.login.toLowerCase(), review);
  }
  return [...latest.values()];
}
