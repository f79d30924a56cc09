/** What the bot wrote at GitHub and finds again, whatever died in between: the memory behind `Remembered`. */
import type { Remembered } from "../../src/github/remembered.ts";

/** What it is; `key` distinguishes several of a kind in one repository. */
export type PostedKind =
  | "reply"
  | "group-comment"
  | "plan-comment"
  | "destroy-plan"
  | "drift-reply"
  | "settings-notice"
  | "drift-issue"
  | "failed-merge"
  | "check"
  | "deployment";

export interface Posted {
  readonly repositoryId: number;
  readonly kind: PostedKind;
  readonly key: string;
}

/** The part of the store that keeps the ids. */
export interface PostedStore {
  /** The id of what was written at GitHub. */
  getPosted(posted: Posted): Promise<number | undefined>;
  setPosted(posted: Posted, id: number): Promise<void>;
  forgetPosted(posted: Posted): Promise<void>;
}

/** One thing's id at GitHub, kept in the store. */
export function remembered(store: PostedStore, posted: Posted): Remembered {
  return {
    name: `${posted.repositoryId}/${posted.kind}/${posted.key}`,
    get: () => store.getPosted(posted),
    set: (id) => store.setPosted(posted, id),
    forget: () => store.forgetPosted(posted),
  };
}
