import { payloadFor } from "../hooks/payload.ts";
import { pushPayload } from "../changes/push.ts";
import { describedWebhook } from "../contract/validate.ts";
import { emittedWebhooks, webhookName } from "../hooks/emitted.ts";
import { isRecord, type JsonObject, text } from "../json.ts";
import { refreshPullRefs } from "../changes/synchronize.ts";
import type { Account, Comment, PullRequest, Repository } from "../state/types.ts";
import { commitAt } from "../state/history.ts";
import type { World } from "../state/world.ts";
import { commentView, issueView } from "../views/issue.ts";
import { fullPullView } from "../views/pull.ts";

export type WorkflowEvent =
  | "pull_request"
  | "pull_request_target"
  | "merge_group"
  | "push"
  | "workflow_dispatch"
  | "schedule"
  | "issue_comment";

export interface EventSource {
  readonly name: WorkflowEvent;
  readonly repository: Repository;
  readonly pull: PullRequest | undefined;
  readonly actor: Account;
  readonly action?: string;
  readonly branch?: string;
  readonly comment?: Comment;
  readonly inputs?: Readonly<Record<string, string>>;
}

export interface EventFacts {
  readonly payload: JsonObject;
  readonly sha: string;
  readonly ref: string;
  readonly headRef: string;
  readonly baseRef: string;
}

function needed<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`this event needs ${what}`);
  return value;
}

/** Commit and reference of an event, by the table “Events that trigger workflows” of GitHub's documentation. */
function whereOf(world: World, source: EventSource): Omit<EventFacts, "payload"> {
  const { name, repository, pull } = source;
  if ((name === "pull_request" || name === "merge_group") && pull) {
    refreshPullRefs(world, pull);
    const ref = `refs/pull/${pull.number}/merge`;
    // A pull request that conflicts has no test merge: GitHub runs no workflow for it.
    const sha = needed(repository.refs.get(ref), "a pull request that can be merged");
    if (name === "merge_group") {
      const base = needed(repository.refs.get(`refs/heads/${pull.pull.base.ref}`), "a base branch");
      const queued = `refs/heads/gh-readonly-queue/${pull.pull.base.ref}/pr-${pull.number}-${base}`;
      return { sha, ref: queued, headRef: "", baseRef: "" };
    }
    return { sha, ref, headRef: pull.pull.head.ref, baseRef: pull.pull.base.ref };
  }
  const target = name === "pull_request_target" && pull ? pull.pull : undefined;
  // Since 8 December 2025 `pull_request_target` runs on the default branch, whatever the base of the pull request.
  const branch = (target ? undefined : source.branch) ?? repository.defaultBranch;
  const ref = `refs/heads/${branch}`;
  const sha = needed(repository.refs.get(ref), `a branch ${branch}`);
  return { sha, ref, headRef: target?.head.ref ?? "", baseRef: target?.base.ref ?? "" };
}

function payloadOf(world: World, source: EventSource, { sha, ref }: Omit<EventFacts, "payload">): JsonObject {
  const { name, repository, pull, comment } = source;
  switch (name) {
    case "pull_request":
    case "pull_request_target": {
      const subject = needed(pull, "a pull request");
      return {
        action: source.action ?? "opened",
        number: subject.number,
        pull_request: fullPullView(world, subject),
      };
    }
    case "merge_group": {
      const branch = needed(pull, "a pull request").pull.base.ref;
      return {
        action: source.action ?? "checks_requested",
        merge_group: {
          head_sha: sha,
          head_ref: ref,
          base_sha: repository.refs.get(`refs/heads/${branch}`) ?? "",
          base_ref: `refs/heads/${branch}`,
        },
      };
    }
    case "issue_comment": {
      const subject = needed(comment, "a comment");
      const views = { issue: issueView(world, subject.issue), comment: commentView(world, subject) };
      return { action: source.action ?? "created", ...views };
    }
    case "push": {
      const [parent] = commitAt(repository.objects, sha).parents;
      return pushPayload(world, source.actor, repository, ref, parent ?? "0".repeat(40), sha);
    }
    case "workflow_dispatch":
      return { inputs: { ...source.inputs }, ref, workflow: ".github/workflows/gatewright.yml" };
    case "schedule":
      return { schedule: "0 4 * * *", workflow: ".github/workflows/gatewright.yml" };
  }
}

/** An event as a workflow sees it: its payload, and the commit and reference GitHub chooses for it. */
export function eventOf(world: World, source: EventSource): EventFacts {
  const where = whereOf(world, source);
  const payload = payloadOf(world, source, where);
  const whole = payloadFor(world, source.repository, source.actor, payload);
  const webhook = webhookName(source.name.replace("_target", ""), text(payload, "action"));
  const described = emittedWebhooks.includes(webhook) ? describedWebhook(webhook, whole).value : whole;
  return { ...where, payload: isRecord(described) ? described : whole };
}
