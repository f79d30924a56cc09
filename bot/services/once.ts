/**
 * What makes two things the same one. Whatever must happen once is stored under a key that is unique in its table: a
 * delivery under its id, a command under the comment that holds it, a run under what caused it. Pure.
 */
import { type RunRequest, stackKey } from "../../src/model/run.ts";

/** A comment holds one command. */
export function commandKey(repositoryId: number, commentId: number): string {
  return `command/${repositoryId}/${commentId}`;
}

/** Nothing for a scheduled run without a time slot: that may be asked for again and again. */
export function runKey({ cause, kind, stack }: RunRequest): string | undefined {
  const what = `${kind}/${stackKey(stack)}`;
  if (cause.by === "command") return `command/${stack.repository.id}/${cause.commentId}/${what}`;
  if (cause.by === "merge") return `merge/${cause.commit}/${what}`;
  return cause.slot === undefined ? undefined : `schedule/${cause.slot}/${what}`;
}
