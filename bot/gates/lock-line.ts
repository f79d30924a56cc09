/** Who locked a stack, when and why: as text, and as data for programs. Pure. */
import { md, type Markdown } from "../../src/text/markdown.ts";
import { ago } from "../../src/text/duration.ts";
import { codeSpan } from "../../src/text/escape.ts";
import { prose } from "../../src/text/prose.ts";
import type { Lock, StackRef } from "../../src/model/run.ts";

/** `locked by ana 5 minutes ago`. `now` in milliseconds. */
export function lockedAgo(
  { owner, since }: { readonly owner: Markdown; readonly since: Date },
  now: number,
): Markdown {
  return md`locked by ${owner} ${prose(ago(since.getTime(), now))}`;
}

/** The same with stack and reason, as Markdown with foreign text escaped. */
export function lockLine(lock: Lock, now: number): Markdown {
  const { stack, owner, reason } = lock;
  const where = md`${codeSpan(stack.directory, 240)} in ${codeSpan(stack.stage, 240)}`;
  const ago = lockedAgo({ owner: prose(owner, { max: 600 }), since: lock.since }, now);
  return md`${where} is ${ago}: ${prose(reason, { max: 600 })}`;
}

/** The lock of a stack, for programs that read the reply. */
export function lockFact({ directory, stage }: StackRef, owner: string | undefined) {
  return { directory, stage, ...(owner === undefined ? {} : { owner }) };
}
