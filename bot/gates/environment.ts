/** The gate `environment`: the protection rules of the stage's GitHub environment, on a server. Pure. */
import type { GateState } from "../../src/model/gate.ts";
import { shortSha } from "../../src/text/sha.ts";
import { inWords } from "../../src/text/words.ts";
import type { EnvironmentFact, Facts } from "./facts/facts.ts";
import { readAgain } from "./unread.ts";

const gate = "environment";
type Given = Pick<Facts, "branchSha" | "environments" | "headSha" | "login" | "now" | "unread">;

/** Undefined where no environment has a rule. */
export function environment(facts: Given): GateState | undefined {
  const { environments } = facts;
  if (environments === undefined) return undefined;
  if (environments === "unknown")
    return {
      gate,
      passed: false,
      state: "could not read the protection rules of the stage's environment",
      next: readAgain(facts, "environments"),
    };
  const states = environments.map((each) => stateOf(each, facts));
  return states.find(({ passed }) => !passed) ?? states[0];
}

function stateOf(fact: EnvironmentFact, facts: Given): GateState {
  const { name, agreed, reviewers, unknownRules, takesBranch } = fact;
  const [unknown] = unknownRules;
  if (unknown !== undefined)
    return closed(
      `${name} has a rule that only GitHub can keep: ${unknown}`,
      `Remove it from the environment ${name}, or run the bot inside a workflow whose job names the environment.`,
    );
  if (!takesBranch) return closed(...otherBranch(fact));
  if (reviewers.length > 0 && (agreed === undefined || agreed === "unknown")) return unreviewed(fact, facts);
  const waiting = waitOf(fact, facts);
  if (waiting !== undefined) return waiting;
  const by =
    agreed === undefined || agreed === "unknown"
      ? "its rules are kept"
      : agreed.asks
        ? `@${agreed.login}, who asks, is a reviewer of it`
        : `approved by @${agreed.login}, a reviewer of it, for ${shortSha(facts.headSha)}`;
  return { gate, passed: true, state: `${name}: ${by}` };
}

function closed(state: string, next: string): GateState {
  return { gate, passed: false, state, next };
}

function otherBranch({ name, branch, branches }: EnvironmentFact): readonly [string, string] {
  const taken =
    branches === "protected"
      ? "protected branches"
      : branches.length === 0
        ? "no branch"
        : inWords(branches.slice(0, 10), "and");
  return [
    `${name} takes only ${taken}; this is ${branch}`,
    `Merge it into a branch that ${name} takes; it is applied from there. Or change the environment's deployment branches.`,
  ];
}

function unreviewed(
  { name, agreed, reviewers, preventsSelfReview, isReviewed }: EnvironmentFact,
  { branchSha, headSha, login }: Given,
): GateState {
  if (agreed === "unknown")
    return closed(
      "could not read the reviews, or who put it into the merge queue",
      "Send the command again in a minute.",
    );
  const whom = inWords(
    reviewers.map((one) => (one.includes("/") ? one : `@${one}`)),
    "or",
  );
  const self = preventsSelfReview ? ` other than @${login}` : "";
  const sha = shortSha(isReviewed ? headSha : (branchSha ?? headSha));
  const elsewhere = preventsSelfReview
    ? `Reviews here are of something else: ask ${whom} to approve the pull request that was merged last, and send the command there.`
    : `Reviews here are of something else: ask ${whom} to send the command, or send it on the pull request that was merged last.`;
  return closed(
    `no approval of ${sha} by a reviewer of ${name}${self}`,
    isReviewed ? `Ask ${whom} to approve ${sha}.` : elsewhere,
  );
}

/** GitHub counts from when the job was triggered; here it is when the head was approved, or came without anybody who approves it. */
function waitOf(
  { name, waitMinutes, waitsFrom, isReviewed, branch }: EnvironmentFact,
  { branchSha, headSha, now }: Given,
): GateState | undefined {
  if (waitMinutes === 0) return undefined;
  const timer = `${name} has a wait timer of ${waitMinutes} minutes, which counts from`;
  if (waitsFrom === undefined && isReviewed)
    return closed(`${timer} an approval of the head`, "Ask a reviewer to approve the head.");
  if (waitsFrom === undefined)
    return closed(
      `${timer} the push of ${shortSha(branchSha ?? headSha)} to ${branch}, of which GitHub has no record`,
      `Push a new commit to ${branch}, and send the command ${waitMinutes} minutes later.`,
    );
  const until = new Date(waitsFrom.getTime() + waitMinutes * 60_000);
  if (until <= now) return undefined;
  return closed(
    `${name} waits ${waitMinutes} minutes${isReviewed ? " from the approval" : ""}, until ${until.toISOString().slice(0, 16).replace("T", " ")} UTC`,
    `Send the command again after ${until.toISOString().slice(11, 16)} UTC.`,
  );
}
