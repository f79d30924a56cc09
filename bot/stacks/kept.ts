/** Answers of GitHub that never change, kept for the runs that ask the same: those of all stacks that a push applies. */
import { LRUCache } from "lru-cache";
import { askOnce } from "../../src/model/promises/once.ts";

export type Keep<T> = (key: string, ask: () => Promise<T>) => Promise<T>;

export function keepAnswers<T>(max: number): Keep<T> {
  const kept = new LRUCache<string, Promise<T>>({ max });
  // Whoever asked first may have been stopped.
  return (key, ask) => (kept.has(key) ? askOnce(kept, key, ask).catch(ask) : askOnce(kept, key, ask));
}
