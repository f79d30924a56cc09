import type { PullFacts } from "../../../../bot/gates/facts/pull.ts";

/** An open pull request that can be applied. */
export const PULL: PullFacts = {
  number: 7,
  author: "ana",
  headSha: "1".repeat(40),
  headRef: "topic",
  baseRef: "main",
  baseSha: "2".repeat(40),
  state: "open",
  merged: false,
  draft: false,
  mergeable: true,
  fork: false,
  labels: [],
  url: "",
};
