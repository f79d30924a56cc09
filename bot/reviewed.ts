/** The plan of a stack that people saw last on a pull request: what an apply is compared with. */
import type { StackRef } from "./types.ts";

export interface ReviewedPlan {
  readonly planId: string;
  readonly sha: string;
}

/** Remembers the plan of a stack that people saw last on this pull request. */
export function reviewedNote({ stack }: { readonly stack: StackRef }, pull: number): string {
  const { repository, stage, directory } = stack;
  return `reviewed/${repository.id}/${pull}/${stage}/${directory}`;
}
