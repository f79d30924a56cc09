/** The Store of bot/types.ts in memory, for tests: what it gives out are copies, as from a database. */
import { randomUUID } from "node:crypto";
import {
  type Delivery,
  type Lock,
  type Run,
  type RunEvent,
  type RunRequest,
  type StackRef,
  type Store,
  stackKey,
} from "../../bot/types.ts";

export interface MemoryStore extends Store {
  /** Accepted deliveries, in order. */
  readonly deliveries: readonly Delivery[];
  /** Ids of queued runs in the order in which a worker would take them. */
  readonly queue: readonly string[];
  readonly notes: ReadonlyMap<string, string>;
  /** Until it is unset, every method rejects with it: the database is away. */
  breakWith(error: Error | undefined): void;
}

export interface MemoryStoreOptions {
  readonly now?: () => number;
  /** What enqueuing does in a real store: hands the delivery or run to a worker. */
  readonly onDelivery?: (delivery: Delivery) => void;
  readonly onRun?: (run: Run) => void;
}

/** Makes an empty store. */
export function createMemoryStore(options: MemoryStoreOptions = {}): MemoryStore {
  const now = options.now ?? Date.now;
  const deliveries = new Map<string, Delivery>();
  const commands = new Map<string, string | undefined>();
  const runs = new Map<string, Run>();
  const causes = new Map<string, string>();
  const reported = new Set<string>();
  const events = new Map<string, RunEvent[]>();
  const locks = new Map<string, Lock>();
  const notes = new Map<string, string>();
  const queue: string[] = [];
  let lastToken = 0;
  let broken: Error | undefined;

  const methods: Store = {
    async acceptDelivery(delivery) {
      if (deliveries.has(delivery.id)) return false;
      deliveries.set(delivery.id, structuredClone(delivery));
      options.onDelivery?.(structuredClone(delivery));
      return true;
    },
    async knownDeliveries(ids) {
      return new Set(ids.filter((id) => deliveries.has(id)));
    },
    async claimCommand(repositoryId, commentId, command, deliveryId) {
      const key = `${repositoryId}/${commentId}/${command}`;
      if (commands.has(key)) return deliveryId !== undefined && commands.get(key) === deliveryId;
      commands.set(key, deliveryId);
      return true;
    },

    async createRun(request) {
      const cause = causeKey(request);
      const known = cause === undefined ? undefined : runs.get(causes.get(cause) ?? "");
      if (known !== undefined) return structuredClone(known);
      const run: Run = {
        ...structuredClone(request),
        id: randomUUID(),
        state: "queued",
        createdAt: new Date(now()),
        attempts: 0,
        cancelRequested: false,
      };
      runs.set(run.id, run);
      if (cause !== undefined) causes.set(cause, run.id);
      queue.push(run.id);
      options.onRun?.(structuredClone(run));
      return structuredClone(run);
    },
    async getRun(id) {
      return structuredClone(runs.get(id));
    },
    async listRuns({ group, repositoryIds, stack, states, limit = 50 }) {
      const found = [...runs.values()]
        .reverse()
        .filter((run) => group === undefined || run.group === group)
        .filter((run) => repositoryIds === undefined || repositoryIds.includes(run.stack.repository.id))
        .filter((run) => stack === undefined || stackKey(run.stack) === stackKey(stack))
        .filter((run) => states === undefined || states.includes(run.state));
      return structuredClone(found.slice(0, limit));
    },
    async updateRun(id, change) {
      const run = runs.get(id);
      if (run !== undefined) runs.set(id, { ...run, ...structuredClone(change) });
    },
    async claimReport(runId) {
      if (reported.has(runId)) return false;
      reported.add(runId);
      return true;
    },
    async appendEvent(runId, event, at) {
      const known = events.get(runId) ?? [];
      known.push({ runId, sequence: known.length + 1, at, event: structuredClone(event) });
      events.set(runId, known);
    },
    async eventsOf(runId, after = 0) {
      return structuredClone((events.get(runId) ?? []).filter(({ sequence }) => sequence > after));
    },

    async acquireLock(stack, owner, reason, more) {
      const key = stackKey(stack);
      const held = locks.get(key);
      if (held !== undefined && !sameHolder(held, owner, more.runId)) return undefined;
      lastToken += 1;
      const lock: Lock = {
        stack: structuredClone(stack),
        owner,
        reason,
        since: new Date(now()),
        runId: more.runId,
        pull: more.pull,
        token: lastToken,
      };
      locks.set(key, lock);
      return structuredClone(lock);
    },
    async holdsLock(stack, token) {
      return locks.get(stackKey(stack))?.token === token;
    },
    async releaseLock(stack, token) {
      const key = stackKey(stack);
      if (locks.get(key)?.token === token) locks.delete(key);
    },
    async getLock(stack) {
      return structuredClone(locks.get(stackKey(stack)));
    },
    async listLocks(repositoryIds) {
      return structuredClone(
        [...locks.values()].filter(
          ({ stack }) => repositoryIds === undefined || repositoryIds.includes(stack.repository.id),
        ),
      );
    },

    async getNote(key) {
      return notes.get(key);
    },
    async setNote(key, value) {
      notes.set(key, value);
    },
    async deleteNote(key) {
      notes.delete(key);
    },
  };

  return {
    ...guarded(methods, () => broken),
    get deliveries() {
      return [...deliveries.values()];
    },
    queue,
    notes,
    breakWith: (error) => {
      broken = error;
    },
  };
}

/** What makes two requests the same run; scheduled ones are always new. */
function causeKey({ cause, stack, kind }: RunRequest): string | undefined {
  if (cause.by === "schedule") return undefined;
  const from = cause.by === "command" ? `comment ${cause.commentId}` : `commit ${cause.commit}`;
  return `${from} ${stackKey(stack)} ${kind}`;
}

/** A run resumed takes its own lock again; so does a person who locks again with another reason. */
function sameHolder(held: Lock, owner: string, runId: string | undefined): boolean {
  return held.runId === runId && (runId !== undefined || held.owner === owner);
}

/** The same methods, each rejecting while the database is away. */
function guarded(methods: Store, broken: () => Error | undefined): Store {
  return new Proxy(methods, {
    ownKeys: (target) => Reflect.ownKeys(target),
    get: (target, name) => {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== "function") return method;
      return async (...given: readonly unknown[]): Promise<unknown> => {
        const error = broken();
        if (error !== undefined) throw error;
        return Reflect.apply(method, methods, given);
      };
    },
  });
}

/** A stack in a repository, for tests that need just any. */
export function aStack(more: { readonly stage?: string; readonly repositoryId?: number } = {}): StackRef {
  return {
    repository: {
      id: more.repositoryId ?? 1,
      owner: "acme",
      name: "shop",
      defaultBranch: "main",
      installationId: 1,
    },
    stage: more.stage ?? "dev",
    directory: ".",
  };
}
