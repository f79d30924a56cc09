/** A stage's names: what a resource that the spec calls `orders` is called in AWS. Pure. */
import { createHash } from "node:crypto";
import type { Fit, TypeRules } from "./type-rules.ts";

/** `{name}-dev`: what stands before and behind a name. */
export interface NamePattern {
  readonly before: string;
  readonly after: string;
}

/**
 * The pattern of a stage; undefined where it leaves names as they are.
 * @param names `{name}-{stage}`, as in the settings, which have checked it
 */
export function namePattern(names: string | undefined, stage: string): NamePattern | undefined {
  // No dots: functions and state machines have none in their names.
  const [before = "", after = ""] = (names ?? "{name}")
    .replaceAll("{stage}", stage.replaceAll(".", "-"))
    .split("{name}");
  return before === "" && after === "" ? undefined : { before, after };
}

/** `{name}-dev`, for people. */
export function patternText({ before, after }: NamePattern): string {
  return `${before}{name}${after}`;
}

/** What is too long is cut, and ends in a digest of the whole, so that two long names stay two. */
export function fitting({ before, after }: NamePattern): Fit {
  return (name, most) => {
    const whole = `${before}${name}${after}`;
    if (whole.length <= most) return whole;
    const digest = createHash("sha256").update(whole).digest("hex").slice(0, 8);
    const room = most - before.length - after.length - digest.length - 1;
    return room > 0
      ? `${before}${name.slice(0, room)}-${digest}${after}`
      : `${whole.slice(0, most - digest.length - 1)}-${digest}`;
  };
}

/** The name in AWS of a resource that this stack owns; the same for types whose names are their parent's affair. */
export function physicalName(
  { physicalName: form }: Pick<TypeRules, "physicalName">,
  name: string,
  pattern: NamePattern,
): string {
  return form?.(name, fitting(pattern)) ?? name;
}
