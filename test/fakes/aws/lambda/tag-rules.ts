import type { Ctx } from "../core/context.ts";
import { tagProblem } from "../core/tags.ts";
import { invalid } from "./common.ts";

/** Refuses tags that Lambda refuses. */
export function checkTags(ctx: Ctx, present: Map<string, string>, tags: Record<string, string>): void {
  const problem = tagProblem(ctx, present, tags);
  if (problem !== undefined) throw invalid(problem.message);
}
