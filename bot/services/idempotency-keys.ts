/**
 * Idempotency keys. Whatever must happen once is stored under a key that is unique in its table: a
 * delivery under its id, a command under its comment, a run under its cause. Pure.
 */
import { type CommandComment, type RunRequest, stackKey } from "../../src/model/run.ts";

/** What tells a command's comment from every other of the repository: comments, reviews and lines are numbered separately. */
export function commentKey({ commentId, in: where }: CommandComment): number | string {
  return where === undefined ? commentId : `${where}/${commentId}`;
}

/** The key of a command: a comment contains only one. */
export function commandKey(repositoryId: number, comment: CommandComment): string {
  return `command/${repositoryId}/${commentKey(comment)}`;
}

/** The key of a run. Undefined for a scheduled run without a time slot, which may be requested any number of times. */
export function runKey({ cause, kind, stack, sha, build }: RunRequest): string | undefined {
  const what = `${kind}/${stackKey(stack)}${build === undefined ? "" : `/built/${build}`}`;
  if (cause.by === "command") return `${commandKey(stack.repository.id, cause)}/${what}`;
  if (cause.by === "merge") return `merge/${cause.commit}/${what}`;
  if (cause.by === "preview") return `preview/${cause.version}/${what}`;
  if (cause.by === "approval") return `approval/${cause.pull}/${sha}/${what}`;
  if (cause.by === "page") return `page/${cause.slot}/${sha}/${what}`;
  return cause.slot === undefined ? undefined : `schedule/${cause.slot}/${what}`;
}
