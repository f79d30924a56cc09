/** For rules about several resources: what a resource depends on, and what to say when AWS would refuse a property. */
import { own } from "../model/own.ts";
import type { Finding, Linked, LinkedSpec } from "../spec/type-rules.ts";

export type Path = readonly (string | number)[];

/** The resource of the spec that a dependency names, the first of several; undefined for one of another stack. */
export function dependencyOf(one: Linked, key: string, spec: LinkedSpec): Linked | undefined {
  const [target] = own(one.dependencies, key) ?? [];
  return target !== undefined && "key" in target ? spec.byKey(target.key) : undefined;
}

/** An error at a property; `message` goes on after it: `is only for WEBSOCKET APIs`, or says itself what is wrong. */
export function refused(path: string | Path, message: string, hint: string): Finding {
  return finding("error", "PROPERTY_INVALID", path, message, hint);
}

/** A warning at a property. */
export function doubtful(code: string, path: string | Path, message: string, hint: string): Finding {
  return finding("warning", code, path, message, hint);
}

function finding(
  severity: Finding["severity"],
  code: string,
  path: string | Path,
  message: string,
  hint: string,
): Finding {
  return { severity, code, message, hint, path: typeof path === "string" ? [path] : path };
}
