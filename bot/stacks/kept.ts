/** Answers of GitHub that never change, kept for the runs that ask the same: those of all stacks that a push applies. */
import { LRUCache } from "lru-cache";
import { askOnce } from "../../src/model/promises/once.ts";

export type Keep<T> = (key: string, ask: () => Promise<T>) => Promise<T>;

/** Of all answers of one kind: a list of 3,000 files is not kept 500 times. */
const MOST_BYTES = 16 * 1024 * 1024;

export function keepAnswers<T>(max: number, maxSize = MOST_BYTES): Keep<T> {
  const kept = new LRUCache<string, Promise<T>>({ max, maxSize, sizeCalculation: () => 1 });
  return (key, ask) => {
    // Whoever asked first may have been stopped.
    if (kept.has(key)) return askOnce(kept, key, ask).catch(ask);
    const answer = askOnce(kept, key, ask);
    answer.then(
      (value) => {
        const size = JSON.stringify(value)?.length ?? 1;
        // The same value again would keep the size that it had.
        if (kept.peek(key) === answer && kept.delete(key)) kept.set(key, answer, { size });
      },
      () => undefined,
    );
    return answer;
  };
}
