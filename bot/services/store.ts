/** What the bot stores, as its parts see it: every SQL statement is behind this. */
import type { Lock, Run, RunEvent, RunRequest, RunState, StackRef } from "../../src/model/run.ts";

/** A webhook delivery, stored before it is answered. */
export interface Delivery {
  readonly id: string;
  readonly event: string;
  /** What the bot reads of its payload, as JSON (bot/events/payload-filter.ts); empty when it concerns nobody and is only remembered. */
  readonly payload: string;
  readonly receivedAt: Date;
}

/** Everything that is stored (bot/db). All SQL is behind this. */
export interface Store {
  /** False when the delivery is known already. Enqueues one with a payload for the worker in the same transaction. */
  acceptDelivery(delivery: Delivery): Promise<boolean>;
  knownDeliveries(ids: readonly string[]): Promise<ReadonlySet<string>>;
  /**
   * True the first time this (repository, comment, command) is seen. Give the delivery's id: the same delivery, handled
   * again after a crash, is let through again; another one is not.
   */
  claimCommand(
    repositoryId: number,
    commentId: number,
    command: string,
    deliveryId?: string,
  ): Promise<boolean>;

  /**
   * Stores a run and queues it in the same transaction. The same command or merge commit, stack and kind give the run
   * that is there already (with its group): a delivery handled again after a crash makes no second run.
   */
  createRun(request: RunRequest): Promise<Run>;
  getRun(id: string): Promise<Run | undefined>;
  listRuns(filter: {
    readonly group?: string;
    readonly repositoryIds?: readonly number[];
    readonly stack?: StackRef;
    readonly states?: readonly RunState[];
    readonly limit?: number;
  }): Promise<readonly Run[]>;
  updateRun(
    id: string,
    change: Partial<
      Pick<
        Run,
        "state" | "startedAt" | "endedAt" | "attempts" | "cancelRequested" | "plan" | "result" | "error"
      >
    >,
  ): Promise<void>;
  /** True once per run: whoever gets it has told the result, nobody tells it again. */
  claimReport(runId: string): Promise<boolean>;
  appendEvent(runId: string, event: RunEvent["event"], at: Date): Promise<void>;
  eventsOf(runId: string, after?: number): Promise<readonly RunEvent[]>;

  /** Takes the stack for a run; undefined when somebody else holds it. The token is larger than every earlier one. */
  acquireLock(
    stack: StackRef,
    owner: string,
    reason: string,
    more: { readonly runId?: string; readonly pull?: number },
  ): Promise<Lock | undefined>;
  /** False when the token is not the current one any more: then nothing may be written. */
  holdsLock(stack: StackRef, token: number): Promise<boolean>;
  releaseLock(stack: StackRef, token: number): Promise<void>;
  getLock(stack: StackRef): Promise<Lock | undefined>;
  listLocks(repositoryIds?: readonly number[]): Promise<readonly Lock[]>;

  /** Small facts that must survive: the plan that was reviewed, the issue of a drift, the last redelivery looked at. */
  getNote(key: string): Promise<string | undefined>;
  setNote(key: string, value: string): Promise<void>;
  deleteNote(key: string): Promise<void>;
}
