import type { Ctx } from "./context.ts";

export interface TagProblem {
  kind: "too-many" | "reserved" | "key" | "value";
  message: string;
}

const ALLOWED = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** The tag rules all services share: at most 50, keys 1–128, values up to 256, `aws:` is reserved. */
export function tagProblem(
  ctx: Ctx,
  present: Map<string, string>,
  added: Record<string, string>,
): TagProblem | undefined {
  for (const [key, value] of Object.entries(added)) {
    if (key.toLowerCase().startsWith("aws:")) {
      return { kind: "reserved", message: `Tag keys starting with 'aws:' are reserved: ${key}` };
    }
    if (key.length < 1 || key.length > 128 || !ALLOWED.test(key)) {
      return { kind: "key", message: `Invalid tag key: ${key}` };
    }
    if (value.length > 256 || !ALLOWED.test(value))
      return { kind: "value", message: `Invalid tag value: ${value}` };
  }
  const size = new Set([...present.keys(), ...Object.keys(added)]).size;
  if (size > ctx.quotas.tagsPerResource) {
    return { kind: "too-many", message: `The number of tags exceeds ${ctx.quotas.tagsPerResource}` };
  }
  return undefined;
}
