/** What a rule about several resources says when AWS would refuse a property. */
import type { Finding } from "../spec/type-rules.ts";

export type Path = readonly (string | number)[];

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
