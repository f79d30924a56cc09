/** One entry of `createResources`: calls its functions once and reduces it to JSON. */
import type { JsonValue } from "../../../model/values.ts";
import type { GuestEntry, Position } from "../protocol.ts";
import type { SpecFunctions } from "./functions.ts";
import { type JsonBudget, toJson } from "./json.ts";
import { positionOf } from "./position.ts";
import { type Doing, Problem, shown } from "./problem.ts";

export interface EntryContext {
  readonly config: object;
  readonly functions: SpecFunctions;
  readonly budget: JsonBudget;
  readonly doing: Doing;
  /** Where `createResources` is. */
  readonly created: Position | undefined;
}

const PLAIN_KEYS = ["type", "group", "namespace", "readOnly", "isDefault"] as const;
const KEYS: ReadonlySet<string> = new Set([...PLAIN_KEYS, "name", "properties", "dependencies"]);

export async function evaluateEntry(
  entry: unknown,
  index: number,
  context: EntryContext,
): Promise<GuestEntry> {
  const { config, functions, doing } = context;
  if (typeof entry !== "object" || entry === null || Array.isArray(entry)) {
    throw new Problem(
      "ENTRY_INVALID",
      `entry ${index + 1} of createResources is ${shown(entry)}; accepted: an object {type, group, properties, dependencies}`,
      Array.isArray(entry)
        ? "Spread it: ...resources."
        : "For a condition write ...(condition ? [{…}] : []).",
    );
  }
  const written = entry as Record<string, unknown>;
  const label = labelOf(written, index);
  const { name, properties, dependencies } = written;
  const positions = [name, properties, dependencies].map(positionOf).filter((one) => one !== undefined);
  doing.position = earliest(positions) ?? context.created;

  const lost: string[] = [];
  const called = async (key: string, value: unknown, given: object): Promise<JsonValue | undefined> => {
    doing.what = `${key} of ${label}`;
    return toJson(
      typeof value === "function" ? await value(given) : value,
      key,
      context.budget,
      key in written ? lost : [],
    );
  };
  const plain: { [key in (typeof PLAIN_KEYS)[number]]?: JsonValue } = {};
  for (const key of PLAIN_KEYS) {
    const value = await called(
      key,
      typeof written[key] === "function" ? shown(written[key]) : written[key],
      {},
    );
    if (value !== undefined) plain[key] = value;
  }
  const evaluatedName = await called("name", name, { config });
  const given = { config, ...functions };
  const evaluated = {
    properties: (await called("properties", properties, given)) ?? {},
    dependencies: (await called("dependencies", dependencies, given)) ?? {},
  };
  return {
    ...plain,
    ...(evaluatedName === undefined ? {} : { name: evaluatedName }),
    ...evaluated,
    unknownKeys: Object.keys(written)
      .filter((key) => !KEYS.has(key))
      .slice(0, 20),
    lost: lost.slice(0, 100),
    positions,
  };
}

function labelOf({ type, group }: Record<string, unknown>, index: number): string {
  const known = typeof type === "string" && typeof group === "string" ? `${group}::${type} ` : "";
  return `${known}(entry ${index + 1} of createResources)`;
}

function earliest(positions: readonly Position[]): Position | undefined {
  return [...positions].sort((one, other) => one[1] - other[1])[0];
}
