/** A run: its target, its origin, its state. Data only. */
import type { SourceLocation } from "./errors.ts";
import type { ApplyEvent, ApplyResult } from "./apply.ts";
import type { Action, Plan } from "./plan.ts";
import type { RepositoryRef } from "./repository.ts";
import { previewPull } from "./stage.ts";

/** One spec directory in one stage of one repository: what is planned, locked and applied. */
export interface StackRef {
  readonly repository: RepositoryRef;
  readonly stage: string;
  readonly directory: string;
}

/** `repository id/stage/directory`: the key of queues, locks and the `singletonKey`. */
export function stackKey({ repository, stage, directory }: StackRef): string {
  return `${repository.id}/${stage}/${directory}`;
}

/** Whether the stack of a `stackKey` is a preview's. */
export function isPreviewKey(key: string): boolean {
  return previewPull(key.split("/")[1] ?? "") !== undefined;
}

export type RunKind = "plan" | "apply" | "destroy" | "drift";
/** `waiting`: a merge whose stack another pull request holds. */
export type RunState = "waiting" | "queued" | "running" | "succeeded" | "failed" | "cancelled" | "overtaken";

/** Where a command was written. GitHub numbers comments, reviews and comments on lines separately. */
export interface CommandComment {
  readonly commentId: number;
  /** Missing for a comment of the conversation. */
  readonly in?: "review" | "review-comment" | undefined;
}

export interface CommandCause extends CommandComment {
  readonly by: "command";
  readonly login: string;
  /** The pull request or drift issue. */
  readonly pull: number;
  /** Sent on a drift issue: the run's commit is the head of the stage's branch. */
  readonly onIssue?: true | undefined;
  /** `/rollback`: the run's commit is one that was deployed before. */
  readonly rollback?: true | undefined;
  /** Stages that the command applies after this one, if it succeeds. */
  readonly then?: readonly string[] | undefined;
}

export interface MergeCause {
  readonly by: "merge";
  /** Who pushed to the branch. */
  readonly login: string;
  /** The merged pull request; of several in one push the newest; undefined for a push without one. */
  readonly pull?: number | undefined;
  /** The others of the same push (a merge queue, a rebase). */
  readonly also?: readonly number[] | undefined;
  readonly commit: string;
}

/** The head of a pull request was approved: its plan is kept for the merge to be compared with, without a comment. */
interface ApprovalCause {
  readonly by: "approval";
  readonly login: string;
  readonly pull: number;
}

/** A person asked on a run's page what its commit would change in AWS now. Nothing of it is shown at GitHub. */
interface PageCause {
  readonly by: "page";
  readonly login: string;
  /** The run whose page it was. */
  readonly of: string;
  /** The minutes in which the same question is the same run. */
  readonly slot: number;
  readonly pull?: undefined;
}

/** Why a preview is made or updated, or deleted. */
export type PreviewWhy =
  | "command"
  | "label"
  | "automatic"
  | "push"
  | "off"
  | "unlabeled"
  | "closed"
  | "merged"
  | "expired"
  | "unconfigured"
  | "leftover";

/** The preview of a pull request: its runs are judged by who may have one, and hold nothing. */
export interface PreviewCause {
  readonly by: "preview";
  /** Who asked for it, or pushed. */
  readonly login: string;
  readonly pull: number;
  /** What was asked of the preview is counted: only the newest is carried out. */
  readonly version: number;
  readonly why: PreviewWhy;
  /** `/preview` */
  readonly comment?: CommandComment | undefined;
}

/** Who or what requested a run. */
export type RunCause =
  | CommandCause
  | MergeCause
  | ApprovalCause
  | PageCause
  | PreviewCause
  /** `slot`: the scheduled hour, day or week; each triggers one run (bot/services/idempotency-keys.ts). */
  | { readonly by: "schedule"; readonly slot?: string | undefined };

/** Whether a run deletes all that a stack has. */
export function removesAll({ kind, goneFrom }: Pick<RunRequest, "kind" | "goneFrom">): boolean {
  return kind === "destroy" || goneFrom !== undefined;
}

/** Whether it was asked for with `/rollback`. */
export function isRollback(cause: RunCause): cause is CommandCause & { readonly rollback: true } {
  return cause.by === "command" && cause.rollback === true;
}

/** The pull requests (or the issue) that a cause is about: each gets the answer. */
export function pullsOf(cause: RunCause): readonly number[] {
  if (cause.by === "schedule" || cause.pull === undefined) return [];
  return cause.by === "merge" ? [cause.pull, ...(cause.also ?? [])] : [cause.pull];
}

/** A request, stored before any work begins, so that a killed process loses nothing. */
export interface RunRequest {
  /** Runs of one command or merge in one stage: they share one comment. A UUID. */
  readonly group: string;
  /** The command as written. */
  readonly text?: string | undefined;
  readonly stack: StackRef;
  readonly kind: RunKind;
  readonly cause: RunCause;
  /** The commit whose spec is used; pinned when the command arrives, compared again before the first write. */
  readonly sha: string;
  /** The commit no longer has the stack's spec: everything of it is deleted, as the spec of this other commit lists it. */
  readonly goneFrom?: string | undefined;
  /** The base commit for "what left the spec" and drift. */
  readonly baseSha?: string | undefined;
  /** The run is refused if the recomputed plan has a different id. */
  readonly planId?: string | undefined;
  /** Plans that were reviewed on the other pull requests of the push: any of them will do, too. */
  readonly orPlanIds?: readonly string[] | undefined;
  readonly adopt: readonly string[];
  /** Asked for again because this build has ended, after the first found no code: a workflow run's id and attempt. */
  readonly build?: string | undefined;
}

/** A run without its plan and result, which may be megabytes: what lists, groups and gates read. */
export interface RunSummary extends RunRequest {
  /** A UUID: the path of its page. */
  readonly id: string;
  readonly state: RunState;
  readonly createdAt: Date;
  readonly startedAt?: Date | undefined;
  readonly endedAt?: Date | undefined;
  /** Number of starts: more than one after a crash. */
  readonly attempts: number;
  readonly cancelRequested: boolean;
  readonly error?: RunError | undefined;
  /** Of the plan that was carried out, or else of the one that was made. */
  readonly counts?: Readonly<Record<Action | "redeploy", number>> | undefined;
  /** That plan has a problem that keeps it from being applied. */
  readonly blocked?: true | undefined;
}

export interface Run extends RunSummary {
  readonly plan?: Plan | undefined;
  readonly result?: ApplyResult | undefined;
}

export interface RunError {
  readonly code: string;
  readonly message: string;
  readonly hint?: string | undefined;
  /** Every mistake of a spec by itself, with its place; missing where there is one without a place. */
  readonly mistakes?: readonly RunMistake[] | undefined;
}

export interface RunMistake {
  readonly code: string;
  readonly message: string;
  readonly hint?: string | undefined;
  readonly at?: SourceLocation | undefined;
}

/** One entry of a run's log, in order. Pages show them live, and a resumed run reads them. */
export interface RunEvent {
  readonly runId: string;
  readonly sequence: number;
  readonly at: Date;
  readonly event:
    | ApplyEvent
    | { readonly kind: "log"; readonly text: string }
    | { readonly kind: "plan"; readonly planId: string };
}

/**
 * A pull request that was applied before its merge: until it is merged, closed or released nobody else applies to the stack, because
 * that would undo what it applied.
 */
export interface Hold {
  readonly stack: StackRef;
  readonly pull: number;
  /** Who applied it. */
  readonly login: string;
  /** The commit that was applied. */
  readonly sha: string;
  readonly since: Date;
  /** The stack was taken back to `sha`: held until `/release`, whatever becomes of the pull request. */
  readonly rollback?: true | undefined;
  /** It was closed without a merge: it holds nothing any more, but what it applied is still there. */
  readonly closedAt?: Date | undefined;
}

/** Who holds a stack. A person's lock (`/lock REASON`) has no run. */
export interface Lock {
  readonly stack: StackRef;
  readonly owner: string;
  readonly reason: string;
  readonly since: Date;
  readonly runId?: string | undefined;
  readonly pull?: number | undefined;
}
