/** What Node 20 needs, which the terminal still supports. */

// The AWS SDK is inside the bundle: that later ones want a newer Node is for us to know, not for users.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";

// The one thing of newer Nodes that the engine uses.
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
