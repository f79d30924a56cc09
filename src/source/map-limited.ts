import pLimit from "p-limit";

/** Maps side by side, at most `limit` at once, results in order; a failure stops what has not begun. */
export async function mapLimited<In, Out>(
  items: readonly In[],
  limit: number,
  map: (item: In) => Promise<Out>,
): Promise<Out[]> {
  const slots = pLimit(limit);
  try {
    return await slots.map(items, map);
  } finally {
    slots.clearQueue();
  }
}
