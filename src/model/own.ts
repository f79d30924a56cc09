/** Looks up a name that somebody outside wrote: `constructor` and `toString` are names like any other. */

/** The record's own value under the key; what every object inherits is not there. */
export function own<Value>(
  record: Readonly<Record<string, Value>> | undefined,
  key: string | undefined,
): Value | undefined {
  return record !== undefined && key !== undefined && Object.hasOwn(record, key) ? record[key] : undefined;
}
