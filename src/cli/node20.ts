/** The one thing of newer Nodes that the engine uses and Node 20, which the terminal still supports, does not have. */

if (!("groupBy" in Map)) {
  const groupBy = <Key, Item>(items: Iterable<Item>, keyOf: (item: Item) => Key): Map<Key, Item[]> => {
    const groups = new Map<Key, Item[]>();
    for (const item of items) {
      const key = keyOf(item);
      groups.set(key, [...(groups.get(key) ?? []), item]);
    }
    return groups;
  };
  Object.defineProperty(Map, "groupBy", { value: groupBy, configurable: true, writable: true });
}

export {};
