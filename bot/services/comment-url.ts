/** The page of a command's comment. Pure. */
import type { CommandComment } from "../../src/model/run.ts";

interface Commented extends CommandComment {
  readonly pull: number;
}

/** @param base the repository's page, `https://github.com/acme/shop` */
export function commentUrl(base: string, { pull, commentId, in: where }: Commented): string {
  const anchor =
    where === undefined ? "issuecomment-" : where === "review" ? "pullrequestreview-" : "discussion_r";
  return `${base}/pull/${pull}#${anchor}${commentId}`;
}
