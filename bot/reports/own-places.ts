/** What the comments of a group and of a stage's plans are remembered by: each is written from several places. Pure. */
import type { RunRequest } from "../../src/model/run.ts";
import type { Posted } from "../services/posted.ts";

/** The one comment of a command's or merge's runs. */
export function groupComment({ group, stack }: Pick<RunRequest, "group" | "stack">): Posted {
  return { repositoryId: stack.repository.id, kind: "group-comment", key: group };
}

/** The bot's own plan comment of a stage on a pull request. */
export function planCommentOf(repositoryId: number, pull: number, stage: string): Posted {
  return { repositoryId, kind: "plan-comment", key: `${pull}/${stage}` };
}
