/** What the bot stores, as its parts see it: every SQL statement is behind this. */
import type { Plan } from "../../src/model/plan.ts";
import type { EndState } from "../../src/model/run-states.ts";
import type { RepositoryRef } from "../../src/model/repository.ts";
import type { PostedStore } from "./posted.ts";
import type {
  Hold,
  Lock,
  Run,
  PreviewWhy,
  RunEvent,
  RunKind,
  RunRequest,
  RunState,
  RunSummary,
  StackRef,
} from "../../src/model/run.ts";

/** A webhook delivery, stored before it is answered. */
export interface Delivery {
  readonly id: string;
  readonly event: string;
  /** What the bot reads of its payload, as JSON (bot/events/payload-filter.ts); empty when it concerns nobody and is only remembered. */
  readonly payload: string;
  readonly receivedAt: Date;
}

/** Everything that is stored (bot/db). All SQL is behind this. */
export interface Store extends PostedStore {
  /** False when the delivery is known already. Enqueues one with a payload for the worker in the same transaction. */
  acceptDelivery(delivery: Delivery): Promise<boolean>;
  knownDeliveries(ids: readonly string[]): Promise<ReadonlySet<string>>;
  /**
   * Takes what must be done once (bot/services/idempotency-keys.ts). Undefined when somebody else has it. Say who you are (`by`: the
   * delivery's id): the same delivery, handled again after a crash, gets it again, with the outcome that was settled.
   */
  claim(key: string, by?: string): Promise<Claim | undefined>;
  settle(key: string, outcome: string): Promise<void>;

  /**
   * Stores runs and queues them, all in one transaction. The same command or merge commit, stack and kind give the run
   * that is there already (with its group): a delivery handled again after a crash makes no second run.
   */
  createRuns(requests: readonly RunRequest[]): Promise<readonly Run[]>;
  getRun(id: string): Promise<Run | undefined>;
  /** Newest first. */
  listRuns(filter: {
    readonly group?: string;
    readonly repositoryIds?: readonly number[];
    readonly stack?: StackRef;
    readonly states?: readonly RunState[];
    readonly kinds?: readonly RunKind[];
    /** Whether their plan has a problem that keeps it from being applied. */
    readonly blocked?: boolean;
    /** A run's id: those that were asked for before it; none when it is unknown. */
    readonly before?: string;
    readonly limit?: number;
  }): Promise<readonly RunSummary[]>;
  /** Every run of a group, with its plan and result, in the order they were asked for. */
  runsOf(group: string): Promise<readonly Run[]>;
  /** Asks a run to stop; one that waits ends at once. False when it has ended already. */
  requestCancel(id: string): Promise<boolean>;

  /** Starts an attempt, with the stack's lock when one is wanted. Its number (`attempts`) is the run's fence. */
  beginRun(id: string, claim?: StackClaim): Promise<Begun>;
  /** Nothing, like the end, for an attempt that was taken over. */
  recordPlan(id: string, attempt: number, plan: Plan): Promise<void>;
  /** Ends the run and gives its stack free. False when this attempt was taken over: nothing was stored. */
  endRun(id: string, attempt: number, outcome: RunOutcome): Promise<boolean>;
  /** What was reported of a group: for each part (bot/reports/decide/due.ts) how many of its runs had ended then. */
  reportedParts(group: string): Promise<ReadonlyMap<string, number>>;
  recordReported(group: string, part: string, version: number): Promise<void>;
  appendEvent(runId: string, event: RunEvent["event"], at: Date): Promise<void>;
  eventsOf(runId: string, after?: number): Promise<readonly RunEvent[]>;

  /** Takes the stack for a person; undefined when somebody else holds it. A run takes it when it begins. */
  acquireLock(
    stack: StackRef,
    owner: string,
    reason: string,
    more: { readonly pull?: number },
  ): Promise<Lock | undefined>;
  /** Gives a person's lock free. Nothing when it is another one by now, or a run's. */
  releaseLock(lock: Lock): Promise<void>;
  getLock(stack: StackRef): Promise<Lock | undefined>;
  listLocks(repositoryIds?: readonly number[]): Promise<readonly Lock[]>;

  /** Takes the stack for a pull request that is applied before its merge. False when another open one holds it. */
  takeHold(hold: Omit<Hold, "since" | "closedAt">): Promise<boolean>;
  /** Also a closed pull request's, while what it applied is still there. */
  holdOf(stack: StackRef): Promise<Hold | undefined>;
  listHolds(repositoryIds?: readonly number[]): Promise<readonly Hold[]>;
  /**
   * Ends the pull request's hold. `closed`: it was closed unmerged, and what it applied is still there. Queues the merges that
   * waited for it; returns how many.
   */
  endHold(hold: Pick<Hold, "stack" | "pull">, how: "closed" | "over"): Promise<number>;

  /** The plan of a stack that this bot showed last on a pull request: its own, unless it is named that of a `/destroy`. */
  reviewedPlan(stack: StackRef, pull: number, purpose?: PlanPurpose): Promise<ReviewedPlan | undefined>;
  setReviewedPlan(stack: StackRef, pull: number, plan: ReviewedPlan, purpose?: PlanPurpose): Promise<void>;
  /** Names of resources that `/adopt` on the pull request asked to take over; none after a plain `/plan`. */
  adoptedNames(stack: StackRef, pull: number): Promise<readonly string[]>;
  setAdoptedNames(stack: StackRef, pull: number, names: readonly string[]): Promise<void>;

  /** The preview of a pull request; also one that is gone, whose next version counts on. */
  previewOf(repositoryId: number, pull: number): Promise<Preview | undefined>;
  /** All that are wanted or still to be deleted, of every repository. */
  listPreviews(): Promise<readonly Preview[]>;
  /** Stores what is wanted now as the version after its own; false when somebody else was faster. */
  setPreview(preview: Preview): Promise<boolean>;
  /** It is deleted. Nothing when it is another version by now. */
  endPreview(preview: Pick<Preview, "repository" | "pull" | "version">): Promise<void>;

  /** Where a preview's stack has, or may have, something in AWS; the latest last. */
  previewStacks(stack: StackRef): Promise<readonly PreviewStack[]>;
  keepPreviewStack(one: PreviewStack): Promise<void>;
  /** It was deleted there. */
  forgetPreviewStack(one: Pick<PreviewStack, "stack" | "account" | "region" | "name">): Promise<void>;

  /** The repository's last valid settings as JSON, checked by who reads them; undefined clears them. */
  lastSettings(repositoryId: number): Promise<unknown>;
  setLastSettings(repositoryId: number, settings: unknown): Promise<void>;
  /** The directory that goes by the project's name afterwards: the one that had it, unless that was `from`. */
  claimProject(project: ProjectClaim): Promise<string>;
  /** The id of the repository that has a stack in an account and region; undefined for nobody's. */
  ownerOfStack(stack: StackOwnership): Promise<number | undefined>;
  /** The repository that has it afterwards: the one that had it, unless it is taken over. */
  takeStack(stack: StackOwnership, over: boolean): Promise<number>;
  /** Nothing when it is another repository's. */
  releaseStack(stack: StackOwnership): Promise<void>;
  /** Until when GitHub was asked for deliveries that never arrived. */
  redeliveredUntil(): Promise<Date | undefined>;
  setRedeliveredUntil(until: Date): Promise<void>;
}

/** For whom a run takes its stack, as others who wait for it see it. */
export interface StackClaim {
  readonly owner: string;
  readonly reason: string;
  readonly pull?: number | undefined;
}

/** `over`: it has ended. `locked`: nothing has begun, somebody else holds the stack (or did a moment ago). */
export type Begun =
  /** `died`: how many earlier attempts ended with their process. */
  | { readonly kind: "begun"; readonly run: Run; readonly died: number }
  | { readonly kind: "locked"; readonly by: Lock | undefined }
  /** Another pull request holds the stack: a merge waits, a command is refused. */
  | { readonly kind: "held"; readonly by: Hold }
  | { readonly kind: "over" };

/** How a run ended. */
export interface RunOutcome extends Pick<Run, "plan" | "result" | "error"> {
  readonly state: EndState;
}

/** What was claimed; with the outcome when it was done before. */
export interface Claim {
  readonly outcome?: string | undefined;
}

export type PlanPurpose = "apply" | "destroy";

/** A plan as people saw it. */
export interface ReviewedPlan {
  /** All 64 digits of the plan's digest; twelve where an older version wrote it, which is not enough to apply it. */
  readonly digest: string;
  /** The commit it was made for. */
  readonly sha: string;
  /** Read from a comment, which writers can edit; missing for the bot's own record. */
  readonly from?: "comment" | undefined;
  /** The digest of what that comment shows that the plan does. */
  readonly seen?: string | undefined;
}

/** What is wanted of a pull request's preview. */
export interface Preview {
  readonly repository: RepositoryRef;
  readonly pull: number;
  /** From 1. */
  readonly version: number;
  /** False: it is to be deleted. */
  readonly wanted: boolean;
  readonly why: PreviewWhy;
  readonly login: string;
  /** The command that asked last: handled again after a crash, it asks for nothing new. */
  readonly asked?: string | undefined;
  /** The head that is to run. */
  readonly sha: string;
  readonly expiresAt: Date;
  /** The settings of its stage as it was made, which delete it, whatever the file says then. Checked by who reads them. */
  readonly stage: unknown;
  /** The stacks that it has, or had. */
  readonly directories: readonly string[];
  readonly changedAt: Date;
  /** Everything of it was deleted. */
  readonly goneAt?: Date | undefined;
}

/** What a preview has of a stack in AWS, as it was applied there: a deletion goes by that, whatever the head and the settings say then. */
export interface PreviewStack {
  readonly stack: StackRef;
  readonly account: string;
  readonly region: string;
  /** The project's. */
  readonly name: string;
  /** The commit that was applied last, and the one before it. */
  readonly sha: string;
  readonly baseSha?: string | undefined;
  /** The settings of its stage. Checked by who reads them. */
  readonly settings: unknown;
}

/** What resources in AWS go by, and whose they are to be. */
export interface StackOwnership {
  readonly repositoryId: number;
  readonly account: string;
  readonly region: string;
  readonly stage: string;
  /** The project's. */
  readonly name: string;
}

export interface ProjectClaim {
  readonly repositoryId: number;
  readonly stage: string;
  readonly name: string;
  readonly directory: string;
  /** A directory that is no longer a stack: it loses the name. */
  readonly from?: string | undefined;
}
