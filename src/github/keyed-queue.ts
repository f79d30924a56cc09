/** Serialises work per key in this process: two concurrent writers of one comment would create two comments. */
const lasts = new WeakMap<object, Map<string, Promise<unknown>>>();

/** Runs the work after all earlier work for this key has ended. `whose` separates several bots in one process. */
export async function queueByKey<T>(whose: object, name: string, work: () => Promise<T>): Promise<T> {
  const turns = lasts.get(whose) ?? new Map<string, Promise<unknown>>();
  lasts.set(whose, turns);
  const mine = (turns.get(name) ?? Promise.resolve()).then(work, work);
  turns.set(name, mine);
  try {
    return await mine;
  } finally {
    if (turns.get(name) === mine) turns.delete(name);
  }
}
