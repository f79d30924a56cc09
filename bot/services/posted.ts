/** Ids of what the bot wrote on GitHub, stored so that a new process updates it instead of writing it again; used by `Remembered`. */
import { pullsOf, type RunRequest } from "../../src/model/run.ts";
import type { Remembered } from "../../src/github/remembered.ts";

/** What was written; `key` distinguishes several of a kind in one repository. */
type PostedKind =
  | "reply"
  | "group-comment"
  | "plan-comment"
  | "destroy-plan"
  | "rollback-plan"
  | "drift-reply"
  | "settings-notice"
  | "left-behind"
  | "preview"
  | "drift-issue"
  | "failed-merge"
  | "check"
  | "head-check"
  | "deployment"
  /** Of no repository: a session that its owner ended. */
  | "signed-out";

export interface Posted {
  readonly repositoryId: number;
  readonly kind: PostedKind;
  readonly key: string;
}

/** The part of the store that holds the ids. */
export interface PostedStore {
  /** The id on GitHub. */
  getPosted(posted: Posted): Promise<number | undefined>;
  setPosted(posted: Posted, id: number): Promise<void>;
  forgetPosted(posted: Posted): Promise<void>;
}

/** The stored id of one thing on GitHub. */
export function remembered(store: PostedStore, posted: Posted): Remembered {
  return {
    name: `${posted.repositoryId}/${posted.kind}/${posted.key}`,
    get: () => store.getPosted(posted),
    set: (id) => store.setPosted(posted, id),
    forget: () => store.forgetPosted(posted),
  };
}

/** The one comment of a command's or merge's runs; on each of the pull requests of one push. */
export function groupComment(
  { group, stack, cause }: Pick<RunRequest, "group" | "stack" | "cause">,
  pull?: number,
): Posted {
  // All that becomes of a preview is told in one comment.
  if (cause.by === "preview")
    return { repositoryId: stack.repository.id, kind: "preview", key: String(cause.pull) };
  const [newest] = pullsOf(cause);
  const other = pull === undefined || pull === newest ? "" : `/${pull}`;
  return { repositoryId: stack.repository.id, kind: "group-comment", key: `${group}${other}` };
}

/** The bot's own plan comment of a stage on a pull request. */
export function planCommentOf(repositoryId: number, pull: number, stage: string): Posted {
  return { repositoryId, kind: "plan-comment", key: `${pull}/${stage}` };
}
