/** `dependencies` in one form: each key that the type declares, with a list of names. */
import { GatewrightError, type SourceLocation } from "../errors.ts";
import { hasMarker } from "../marker.ts";
import { suggestion } from "../nearest.ts";
import type { ResourceType } from "../resources/type.ts";
import { isObject } from "../values.ts";

interface Owner {
  /** How messages call the entry. */
  readonly label: string;
  readonly at?: SourceLocation | undefined;
}

export interface NormalisedDependencies {
  readonly names: Readonly<Record<string, readonly string[]>>;
  readonly errors: readonly GatewrightError[];
}

const FORM = 'a name, a list of names, or {name: "…"}';

export function normaliseDependencies(
  type: ResourceType,
  written: unknown,
  { label, at }: Owner,
): NormalisedDependencies {
  const names: Record<string, readonly string[]> = {};
  const errors: GatewrightError[] = [];
  if (written === undefined || written === null) return { names, errors };
  if (!isObject(written)) {
    const message = `${label}: dependencies is ${JSON.stringify(written)}; accepted: a function that returns an object`;
    return { names, errors: [new GatewrightError("DEPENDENCY_INVALID", message, { at })] };
  }
  for (const [as, value] of Object.entries(written)) {
    if (value === undefined || value === null) continue;
    const key = declaredKey(type, as);
    if (key === undefined) {
      errors.push(unknownKey(type, as, { label, at }));
      continue;
    }
    const found = namesOf(value);
    const declared = type.dependencies[key];
    if (found === undefined || found.some(hasMarker)) {
      const shown = found === undefined ? JSON.stringify(value) : "made with getId";
      errors.push(
        new GatewrightError(
          "DEPENDENCY_INVALID",
          `${label}: dependencies.${as} is ${shown}; accepted: ${FORM}`,
          {
            hint: `It names a ${declared?.type ?? "resource"} of this spec.`,
            at,
          },
        ),
      );
      continue;
    }
    const all = [...(names[key] ?? []), ...found];
    if (declared?.list !== true && all.length > 1) {
      errors.push(
        new GatewrightError(
          "DEPENDENCY_INVALID",
          `${label}: dependencies.${as} has ${all.length} names (${all.join(", ")}); accepted: one`,
          { hint: `It names the one ${declared?.type ?? "resource"} it belongs to.`, at },
        ),
      );
      continue;
    }
    if (all.length > 0) names[key] = [...new Set(all)];
  }
  return { names, errors };
}

function declaredKey(type: ResourceType, written: string): string | undefined {
  if (Object.hasOwn(type.dependencies, written)) return written;
  return Object.keys(type.dependencies).find((key) => type.dependencies[key]?.aliases?.includes(written));
}

function unknownKey(type: ResourceType, written: string, { label, at }: Owner): GatewrightError {
  const keys = Object.keys(type.dependencies);
  return new GatewrightError("DEPENDENCY_UNKNOWN", `${label} has no dependency "${written}"`, {
    hint: suggestion(written, keys, `dependencies of ${type.type}`),
    at,
  });
}

function namesOf(value: unknown): readonly string[] | undefined {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  const names: string[] = [];
  for (const item of list) {
    if (item === undefined || item === null) continue;
    const name = isObject(item) ? item.name : item;
    if (typeof name !== "string" || name === "") return undefined;
    names.push(name);
  }
  return names;
}
