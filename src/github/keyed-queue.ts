/** One at a time per name in this process: two who write the same comment at once would write two. */
const lasts = new WeakMap<object, Map<string, Promise<unknown>>>();

/** Does the work when everybody who came before for this name has done theirs. `whose` keeps several bots apart. */
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
