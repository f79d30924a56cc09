/**
 * Group commit: what arrives in one turn of the event loop, or while a transaction is under way, goes into the next one
 * together. Storing a webhook costs a transaction; a burst of them costs a few.
 */
import { turn } from "../sql/event-loop.ts";

interface Batcher<In, Out> {
  add(item: In): Promise<Out>;
}

/** `flush` answers in the order of its items. When it fails, none of them is done and every caller gets the error. */
export function batcher<In, Out>(
  flush: (items: readonly In[]) => Promise<readonly Out[]>,
  limit = 200,
): Batcher<In, Out> {
  interface Waiting {
    readonly item: In;
    readonly resolve: (out: Out) => void;
    readonly reject: (error: unknown) => void;
  }
  let waiting: Waiting[] = [];
  let busy = false;

  const settle = async (batch: readonly Waiting[]): Promise<void> => {
    try {
      const answers = await flush(batch.map(({ item }) => item));
      for (const [index, { resolve, reject }] of batch.entries()) {
        if (index < answers.length) resolve(answers[index] as Out);
        else reject(new Error("a batch came back with too few answers"));
      }
    } catch (error) {
      const [first] = batch;
      if (batch.length === 1) first?.reject(error);
      // One item that cannot be stored must not take its neighbours with it.
      else for (const one of batch) await settle([one]);
    }
  };

  const drain = async (): Promise<void> => {
    if (busy) return;
    busy = true;
    try {
      while (waiting.length > 0) {
        await turn();
        const batch = waiting.slice(0, limit);
        waiting = waiting.slice(limit);
        await settle(batch);
      }
    } finally {
      busy = false;
    }
  };

  return {
    add: (item) =>
      new Promise<Out>((resolve, reject) => {
        waiting.push({ item, resolve, reject });
        void drain();
      }),
  };
}
