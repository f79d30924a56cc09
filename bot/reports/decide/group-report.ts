/** What the comment of a group of runs says of them. */
import type { ApplyReport, Asked, StackApply } from "../../../src/report/apply-report.ts";
import { isEnded } from "../../../src/model/run-states.ts";
import { isRollback, type PreviewWhy, type Run, type RunRequest } from "../../../src/model/run.ts";
import { parseApplyMarker } from "../../../src/report/markdown/marker.ts";
import { hiddenNameIn } from "../../../src/text/hidden.ts";
import { commentUrl } from "../../services/comment-url.ts";
import { originOf, type Services } from "../../services/services.ts";
import { fullName } from "../../../src/model/repository.ts";

export function reportOf(
  services: Services,
  first: Run,
  runs: readonly Run[],
  stacks: readonly StackApply[],
): ApplyReport {
  const { repository, stage } = first.stack;
  const failed = runs.some(
    ({ state, result }) => state === "failed" || (result !== undefined && !result.succeeded),
  );
  const purpose = first.kind === "destroy" ? "destroy" : "apply";
  const started = Math.min(...runs.map((run) => (run.startedAt ?? run.createdAt).getTime()));
  const ended = runs.every(({ state }) => isEnded(state))
    ? Math.max(...runs.map((run) => (run.endedAt ?? run.createdAt).getTime()))
    : undefined;
  return {
    stage,
    asked: askedOf(services, first),
    stacks,
    purpose,
    run: first.group,
    origin: {
      ...originOf(services, repository, first.sha, first.id),
      durationMs: ended === undefined ? undefined : ended - started,
    },
    // What was done has moved the plan: the old id would be refused.
    resume: failed ? resumeOf(first) : undefined,
  };
}

const WHAT: Readonly<Record<PreviewWhy, string>> = {
  command: "asked for",
  label: "the label was given",
  automatic: "every pull request gets one",
  push: "a new commit was pushed",
  off: "switched off",
  unlabeled: "the label was taken off",
  closed: "the pull request was closed",
  merged: "the pull request was merged",
  expired: "its time is over",
  unconfigured: "no previews any more",
  leftover: "found by its tags",
};

function resumeOf(run: Run): string {
  if (run.cause.by === "preview") return run.kind === "destroy" ? "/preview off" : "/preview";
  return `/${planner(run)} -s ${run.stack.stage}`;
}

/** The command that plans what is left of a run. */
function planner({ kind, cause }: Run): string {
  if (isRollback(cause)) return "rollback";
  return kind === "destroy" ? "destroy" : "plan";
}

export function askedOf({ serverUrl }: Services, run: RunRequest): Asked {
  const { cause, stack } = run;
  const base = `${serverUrl}/${fullName(stack.repository)}`;
  if (cause.by === "preview") {
    const { comment, pull, why } = cause;
    if (comment === undefined) return { kind: "event", what: WHAT[why], by: cause.login };
    const url = commentUrl(base, { pull, ...comment });
    return { kind: "command", text: run.text ?? "/preview", by: cause.login, url };
  }
  if (cause.by !== "command") return { kind: "merge", by: cause.by === "merge" ? cause.login : undefined };
  return {
    kind: "command",
    text: run.text ?? `/${run.kind}`,
    by: cause.login,
    url: commentUrl(base, cause),
  };
}

/** Recognises the one comment of a group's runs. Pure. */
export function isGroupComment({
  group,
  cause,
}: Pick<RunRequest, "group" | "cause">): (body: string) => boolean {
  if (cause.by === "preview") return (body) => hiddenNameIn("preview", body) === String(cause.pull);
  return (body) => parseApplyMarker(body)?.run === group;
}
