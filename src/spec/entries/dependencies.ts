/** `dependencies` in one form: each key that the type declares, with a list of names. */
import { GatewrightError, type SourceLocation } from "../../model/errors.ts";
import { hasMarker } from "../../model/reference-marker.ts";
import { suggestion } from "../../text/suggest.ts";
import type { TypeRules } from "../type-rules.ts";
import { isObject } from "../../model/values.ts";
import { about } from "../locations.ts";
import { shortly } from "../shown.ts";
import { own } from "../../model/own.ts";

interface NormalisedDependencies {
  readonly names: Readonly<Record<string, readonly string[]>>;
  /** Some of what was written could not be read: what is missing may be meant there. */
  readonly mistaken: boolean;
  /** `label` is how messages call the entry; known only when its names are. */
  errors(label: string): readonly GatewrightError[];
}

const FORM = 'a name, a list of names, or {name: "…"}';

export function normaliseDependencies(
  type: TypeRules,
  written: unknown,
  at: SourceLocation | undefined,
): NormalisedDependencies {
  const names: Record<string, readonly string[]> = {};
  const faults: { code: string; message: string; hint?: string | undefined; as?: string }[] = [];
  const errors = (label: string): readonly GatewrightError[] =>
    faults.map(({ code, message, hint, as }) => {
      const error = new GatewrightError(code, `${label}${message}`, { hint, at });
      return about(error, as === undefined ? ["dependencies"] : ["dependencies", as]);
    });
  if (written === undefined || written === null) return { names, mistaken: false, errors };
  if (!isObject(written)) {
    const message = `: dependencies is ${shortly(written)}; accepted: a function that returns an object`;
    faults.push({ code: "DEPENDENCY_INVALID", message });
    return { names, mistaken: true, errors };
  }
  for (const [as, value] of Object.entries(written)) {
    if (value === undefined || value === null) continue;
    const key = declaredKey(type, as);
    if (key === undefined) {
      const hint = suggestion(as, Object.keys(type.dependencies), `dependencies of ${type.type}`);
      faults.push({ code: "DEPENDENCY_UNKNOWN", message: ` has no dependency "${as}"`, hint, as });
      continue;
    }
    const found = namesOf(value);
    const declared = own(type.dependencies, key);
    if (found === undefined || found.some(hasMarker)) {
      const shown =
        found === undefined ? shortly(value) : "built with getId, config.parameter or config.secret";
      const message = `: dependencies.${as} is ${shown}; accepted: ${FORM}`;
      const hint = `It must name a ${declared?.type ?? "resource"} in this spec.`;
      faults.push({ code: "DEPENDENCY_INVALID", message, hint, as });
      continue;
    }
    const all = [...(own(names, key) ?? []), ...found];
    if (declared?.list !== true && all.length > 1) {
      const message = `: dependencies.${as} has ${all.length} names (${all.join(", ")}); accepted: one`;
      const hint = `It must name exactly one ${declared?.type ?? "resource"}, its parent.`;
      faults.push({ code: "DEPENDENCY_INVALID", message, hint, as });
      names[key] = all.slice(0, 1);
    } else if (all.length > 0) names[key] = [...new Set(all)];
  }
  return { names, mistaken: faults.length > 0, errors };
}

function declaredKey(type: TypeRules, written: string): string | undefined {
  if (Object.hasOwn(type.dependencies, written)) return written;
  return Object.keys(type.dependencies).find((key) =>
    own(type.dependencies, key)?.aliases?.includes(written),
  );
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
