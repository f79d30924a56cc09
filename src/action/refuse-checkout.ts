/** Refuses a working copy where the job has secrets and the code may be a stranger's. Pure. */
import { fail } from "../model/errors.ts";
import type { RunFacts } from "../github/pull-request.ts";
import type { Inputs } from "./inputs.ts";

/**
 * Events that run with the repository's secrets although a stranger can cause them. Their working copy is the default
 * branch, so not what is to be planned, or code that a workflow checked out although nobody has reviewed it.
 */
const PRIVILEGED_EVENTS: ReadonlySet<string> = new Set([
  "pull_request_target",
  "workflow_run",
  "issue_comment",
  "issues",
  "discussion",
  "discussion_comment",
]);

/** Throws SOURCE_CHECKOUT. */
export function refuseCheckout({ event }: Pick<RunFacts, "event">, { source }: Pick<Inputs, "source">): void {
  if (source === "api" || !PRIVILEGED_EVENTS.has(event)) return;
  fail("SOURCE_CHECKOUT", `input "source" is "${source}" in a job that ${event} started; accepted: api`, {
    hint: "Set `source: api` and remove the checkout: the files are then read through GitHub's API, and no secret is near them.",
  });
}
