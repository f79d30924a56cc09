/**
 * The words the bot's parts share: what a run is, where it belongs, what it may ask of its surroundings.
 * Data only. Events (app.ts) become commands (commands/), commands pass gates (gates.ts) and become runs (runs/),
 * a worker carries runs out with the engine, results go back through github/.
 */
import type { ApplyEvent, ApplyResult, Plan, Problem } from "../../src/index.ts";

/** A repository as webhooks tell it. `id` survives renames: keys use it, people read owner/name. */
export interface RepositoryRef {
  readonly id: number;
  readonly owner: string;
  readonly name: string;
  readonly defaultBranch: string;
  /** Undefined in workflow mode, where a token stands in for an installation. */
  readonly installationId?: number | undefined;
}

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

export type RunKind = "plan" | "apply" | "destroy" | "drift";
export type RunState = "queued" | "running" | "succeeded" | "failed" | "cancelled";

/** Who or what asked for a run. */
export type RunCause =
  | { readonly by: "command"; readonly login: string; readonly pull: number; readonly commentId: number }
  | {
      readonly by: "merge";
      readonly login: string;
      readonly pull?: number | undefined;
      readonly commit: string;
    }
  | { readonly by: "schedule" };

/** What is wanted: stored before anything happens, so that a killed process loses nothing. */
export interface RunRequest {
  /** Runs of one command or merge in one stage: they share one comment. A UUID. */
  readonly group: string;
  /** The command as it was written. */
  readonly text?: string | undefined;
  readonly stack: StackRef;
  readonly kind: RunKind;
  readonly cause: RunCause;
  /** The commit whose spec is used; pinned when the command arrives, compared again before the first write. */
  readonly sha: string;
  /** The base commit for "what left the spec" and drift. */
  readonly baseSha?: string | undefined;
  /** Refuse when the recomputed plan has another id. */
  readonly planId?: string | undefined;
  readonly adopt: readonly string[];
}

/** What makes two requests the same one; nothing for a schedule, which may ask again and again. */
export function causeKey({ cause, kind, stack }: RunRequest): string | undefined {
  const what = `${kind}/${stackKey(stack)}`;
  if (cause.by === "command") return `command/${stack.repository.id}/${cause.commentId}/${what}`;
  return cause.by === "merge" ? `merge/${cause.commit}/${what}` : undefined;
}

export interface Run extends RunRequest {
  /** A UUID: the path of its page. */
  readonly id: string;
  readonly state: RunState;
  readonly createdAt: Date;
  readonly startedAt?: Date | undefined;
  readonly endedAt?: Date | undefined;
  /** Times it was started: more than one after a crash. */
  readonly attempts: number;
  readonly cancelRequested: boolean;
  readonly plan?: Plan | undefined;
  readonly result?: ApplyResult | undefined;
  readonly error?: RunError | undefined;
}

export interface RunError {
  readonly code: string;
  readonly message: string;
  readonly hint?: string | undefined;
}

/** One line of a run's record, in order; what pages show live and what a resume reads. */
export interface RunEvent {
  readonly runId: string;
  readonly sequence: number;
  readonly at: Date;
  readonly event:
    | ApplyEvent
    | { readonly kind: "log"; readonly text: string }
    | { readonly kind: "plan"; readonly planId: string };
}

/** Who holds a stack. A run's lock carries a fencing token; a person's lock (`/lock REASON`) has no run. */
export interface Lock {
  readonly stack: StackRef;
  readonly owner: string;
  readonly reason: string;
  readonly since: Date;
  readonly runId?: string | undefined;
  readonly pull?: number | undefined;
  readonly token: number;
}

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

/** The gates of DESIGN §2. */
export type GateName = "permission" | "approved" | "checks" | "up-to-date" | "unlocked" | "plan-current";

export interface GateState {
  readonly gate: GateName;
  readonly passed: boolean;
  /** What was found: "approved by @ben for 1a2b3c4", "2 of 3 checks are green". */
  readonly state: string;
  /** What to do about it; only when it did not pass. */
  readonly next?: string | undefined;
}

export type { Plan, Problem };
