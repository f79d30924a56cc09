/** The page of a command's comment. Pure. */
import type { CommandCause } from "../../src/model/run.ts";

/** @param base the repository's page, `https://github.com/acme/shop` */
export function commentUrl(base: string, { pull, commentId, in: where }: CommandCause): string {
  const anchor =
    where === undefined ? "issuecomment-" : where === "review" ? "pullrequestreview-" : "discussion_r";
  return `${base}/pull/${pull}#${anchor}${commentId}`;
}
