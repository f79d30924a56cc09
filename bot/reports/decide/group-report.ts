/** What the comment of a group of runs says of them. */
import type { ApplyReport, Asked, StackApply } from "../../../src/report/apply-report.ts";
import { isEnded } from "../../../src/model/run-states.ts";
import { isRollback, type Run, type RunRequest } from "../../../src/model/run.ts";
import { commentUrl } from "../../services/comment-url.ts";
import { runUrl, type Services } from "../../services/services.ts";

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
      serverUrl: services.serverUrl,
      repository: `${repository.owner}/${repository.name}`,
      headSha: first.sha,
      runUrl: runUrl(services, first.id),
      durationMs: ended === undefined ? undefined : ended - started,
    },
    // What was done has moved the plan: the old id would be refused.
    resume: failed ? `/${planner(first)} -s ${stage}` : undefined,
  };
}

/** The command that plans what is left of a run. */
function planner({ kind, cause }: Run): string {
  if (isRollback(cause)) return "rollback";
  return kind === "destroy" ? "destroy" : "plan";
}

export function askedOf({ serverUrl }: Services, run: RunRequest): Asked {
  const { cause, stack } = run;
  if (cause.by !== "command") return { kind: "merge", by: cause.by === "merge" ? cause.login : undefined };
  const { owner, name } = stack.repository;
  return {
    kind: "command",
    text: run.text ?? `/${run.kind}`,
    by: cause.login,
    url: commentUrl(`${serverUrl}/${owner}/${name}`, cause),
  };
}
