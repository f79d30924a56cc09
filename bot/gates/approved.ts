/** The gate `approved`: a writer who is neither the author nor who pushed it has approved this very head. Pure. */
import type { GateState } from "../../src/model/gate.ts";
import type { HeadFacts } from "./facts/facts.ts";
import { latestReviews } from "./facts/reviews.ts";
import { sameLogin } from "./facts/login.ts";
import { shortSha } from "../../src/text/sha.ts";
import { readAgain } from "./unread.ts";

export function approved({ reviews, author, headSha, pushers, unread }: HeadFacts): GateState {
  const gate = "approved";
  if (reviews === undefined)
    return {
      gate,
      passed: false,
      state: "could not read the reviews",
      next: readAgain({ unread }, "reviews"),
    };
  const latest = latestReviews(reviews.filter((review) => !sameLogin(review.login, author)));
  const against = latest.find(({ state, canWrite }) => state === "CHANGES_REQUESTED" && canWrite !== false);
  if (against !== undefined) {
    const doubt =
      against.canWrite === "unknown" ? `; what @${against.login} may do here could not be read` : "";
    return {
      gate,
      passed: false,
      state: `@${against.login} requested changes${doubt}`,
      next: `Make the changes @${against.login} requested, then ask for an approval.`,
    };
  }
  const approvals = latest.filter(
    ({ state, canWrite, isBot }) => state === "APPROVED" && canWrite === true && !isBot,
  );
  const ofHead = approvals.filter(({ sha }) => sha === headSha);
  if (ofHead.length > 0 && pushers === undefined)
    return {
      gate,
      passed: false,
      state: `could not read who pushed ${shortSha(headSha)}: their own approval does not count`,
      next: readAgain({ unread }, "pushers"),
    };
  const valid = ofHead.find(({ login }) => !pushers?.some((pusher) => sameLogin(pusher, login)));
  if (valid !== undefined)
    return { gate, passed: true, state: `approved by @${valid.login} for ${shortSha(headSha)}` };
  const [own] = ofHead;
  if (own !== undefined)
    return {
      gate,
      passed: false,
      state: `@${own.login} approved ${shortSha(headSha)}, but pushed it too`,
      next: `Ask somebody else to approve ${shortSha(headSha)}.`,
    };
  const [stale] = approvals;
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
    state: "no approval by a person with write permission other than the author and who pushed the head",
    next: `Ask a reviewer to approve ${shortSha(headSha)}.`,
  };
}
