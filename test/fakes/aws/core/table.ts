/**
 * A kind's resources in every place that can hold some (a region, the account, an API), by key. Places stay
 * ignorant of the kinds: a new kind adds a table and nothing else.
 */
export type Table<Place extends object, Row> = (place: Place) => Map<string, Row>;

const tables: ((place: object) => Map<string, unknown>)[] = [];

/** Creates a kind's table, empty everywhere. */
export function table<Place extends object, Row>(): Table<Place, Row> {
  const rows = each<object, Map<string, Row>>(() => new Map());
  tables.push(rows);
  return rows;
}

/** The keys of everything that a place has in tables. */
export function keysIn(place: object): string[] {
  return tables.flatMap((rows) => [...rows(place).keys()]);
}

/** Something that every place has one of, made when it is first asked for. */
export function each<Place extends object, Value>(make: () => Value): (place: Place) => Value {
  const values = new WeakMap<Place, Value>();
  return (place) => {
    const value = values.get(place) ?? make();
    values.set(place, value);
    return value;
  };
}
