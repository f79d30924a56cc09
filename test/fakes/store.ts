/** The workflow mode's store in memory, for tests: it tells what it was given, and may be away like a database. */
import { createMemoryStore as createStore } from "../../bot/db/memory-store.ts";
import type { Delivery, Store } from "../../bot/services/store.ts";
import type { Run, RunRequest, StackRef } from "../../src/model/run.ts";
import { systemClock } from "../../src/index.ts";

export interface MemoryStore extends Store {
  /** Accepted deliveries, in order. */
  readonly deliveries: readonly Delivery[];
  /** Until it is unset, every method rejects with it: the database is away. */
  breakWith(error: Error | undefined): void;
}

/** Makes an empty store. */
export function createMemoryStore(): MemoryStore {
  const store = createStore(systemClock);
  const deliveries: Delivery[] = [];
  let broken: Error | undefined;
  const methods: Store = {
    ...store,
    acceptDelivery: async (delivery) => {
      const accepted = await store.acceptDelivery(delivery);
      if (accepted) deliveries.push(delivery);
      return accepted;
    },
  };
  return {
    ...guarded(methods, () => broken),
    deliveries,
    breakWith: (error) => {
      broken = error;
    },
  };
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

/** Stores one run and queues it. */
export async function createRun(store: Pick<Store, "createRuns">, request: RunRequest): Promise<Run> {
  const [run] = await store.createRuns([request]);
  if (run === undefined) throw new Error("no run was made");
  return run;
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
