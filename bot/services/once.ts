/**
 * Idempotency keys. Whatever must happen once is stored under a key that is unique in its table: a
 * delivery under its id, a command under its comment, a run under its cause. Pure.
 */
import { type RunRequest, stackKey } from "../../src/model/run.ts";

/** The key of a command: a comment contains only one. */
export function commandKey(repositoryId: number, commentId: number): string {
  return `command/${repositoryId}/${commentId}`;
}

/** The key of a run. Undefined for a scheduled run without a time slot, which may be requested any number of times. */
export function runKey({ cause, kind, stack }: RunRequest): string | undefined {
  const what = `${kind}/${stackKey(stack)}`;
  if (cause.by === "command") return `command/${stack.repository.id}/${cause.commentId}/${what}`;
  if (cause.by === "merge") return `merge/${cause.commit}/${what}`;
  return cause.slot === undefined ? undefined : `schedule/${cause.slot}/${what}`;
}
