/** Between the names of the spec and those of AWS, both ways. Pure. */
import type { DesiredResource } from "../../spec/types.ts";
import { type NamePattern, physicalName } from "../../spec/physical-names.ts";
import type { Registry } from "../read/observed.ts";

export interface Naming {
  /** What AWS calls it. */
  physical(type: string, name: string): string;
  /** What the spec calls it, or would call it. */
  logical(type: string, name: string): string;
  /** The same of a name that is made of others: `mapping::my-function::my-queue`. */
  physicalParts(name: string): string;
  logicalParts(name: string): string;
}

/** Marks what is not called as this stage calls things: it must not be taken for what the spec calls by that name. */
const AS_IT_IS = " (in AWS)";

/** @param resources the spec's and the base branch's: the first of a name counts */
export function makeNaming(
  pattern: NamePattern,
  registry: Registry,
  resources: readonly DesiredResource[],
): Naming {
  const [toAws, toSpec] = [new Map<string, string>(), new Map<string, string>()];
  const [partToAws, partToSpec] = [new Map<string, string>(), new Map<string, string>()];
  const spelled = (type: string, name: string): string =>
    `${type}::${registry.get(type)?.caselessName === true ? name.toLowerCase() : name}`;
  for (const { type, name, physicalName: given = name } of resources) {
    if (registry.get(type)?.physicalName === undefined || toAws.has(spelled(type, name))) continue;
    toAws.set(spelled(type, name), given);
    toSpec.set(spelled(type, given), name);
    if (given === name) continue;
    if (!partToAws.has(name)) partToAws.set(name, given);
    partToSpec.set(given, name);
  }
  const physical = (type: string, name: string): string => {
    const known = toAws.get(spelled(type, name));
    if (known !== undefined) return known;
    if (name.endsWith(AS_IT_IS)) return name.slice(0, -AS_IT_IS.length);
    return physicalName(registry.get(type) ?? {}, name, pattern);
  };
  const logical = (type: string, name: string): string => {
    if (registry.get(type)?.physicalName === undefined) return name;
    const known = toSpec.get(spelled(type, name));
    if (known !== undefined) return known;
    const meant = candidates(name, pattern).find((one) => physical(type, one) === name);
    return meant ?? `${name}${AS_IT_IS}`;
  };
  const eachPart = (name: string, map: (part: string) => string): string =>
    name.split("::").map(map).join("::");
  return {
    physical,
    logical,
    physicalParts: (name) => eachPart(name, (part) => partToAws.get(part) ?? part),
    logicalParts: (name) => eachPart(name, (part) => partToSpec.get(part) ?? withoutPattern(part, pattern)),
  };
}

/** Of a part that the spec no longer has: its kind is not known, so only the plain form is. */
function withoutPattern(name: string, { before, after }: NamePattern): string {
  const long = name.length > before.length + after.length;
  return long && /^[\w.-]+$/.test(name) && name.startsWith(before) && name.endsWith(after)
    ? name.slice(before.length, name.length - after.length)
    : name;
}

/** Every way to take the pattern's ends out of a name: they may stand before a suffix (`.fifo`) or behind a path. */
function candidates(name: string, { before, after }: NamePattern): readonly string[] {
  const found: string[] = [];
  for (const start of before === "" ? [0] : positions(name, before)) {
    const rest = start + before.length;
    for (const end of after === "" ? [name.length] : positions(name, after)) {
      if (end >= rest)
        found.push(name.slice(0, start) + name.slice(rest, end) + name.slice(end + after.length));
    }
  }
  return found;
}

function positions(text: string, part: string): readonly number[] {
  const found: number[] = [];
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) found.push(at);
  return found;
}
