import pLimit from "p-limit";

/** Maps concurrently, at most `limit` at once, with results in order. After a failure, no further item starts. */
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
