/** Compatibility with Node 20, which the terminal and the library still support. Does nothing on newer ones. */
import { isOlder } from "./version.ts";

// The AWS SDK is bundled: its warning that later versions need a newer Node concerns us, not users.
if (isOlder(process.version, 22)) process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";

// The only newer API that the engine uses.
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
