/** Values and paths as messages show them. */
import { SENSITIVE } from "../text/yaml.ts";
import { MARKER_END, MARKER_START } from "../model/reference-marker.ts";
import type { TypeRules } from "./type-rules.ts";

const MARKERS = new RegExp(`${MARKER_START}[^${MARKER_END}]*${MARKER_END}`, "g");

/** `CorsConfiguration.AllowOrigins[0]` */
export function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, segment) => {
    if (typeof segment === "number") return `${text}[${segment}]`;
    return text === "" ? String(segment) : `${text}.${String(segment)}`;
  }, "");
}

/** The value as JSON, short, without markers; `(sensitive)` where the type says so. */
export function shownValue(type: TypeRules, path: string, value: unknown): string {
  if (type.sensitive.some((pattern) => covers(pattern, path))) return SENSITIVE;
  return shortly(value);
}

/** The value as JSON, cut after some hundred characters, with `…` where a reference stands. */
export function shortly(value: unknown): string {
  const text = withoutMarkers(JSON.stringify(value) ?? "undefined");
  return text.length > 120 ? `${text.slice(0, 117)}…` : text;
}

/** Text with `…` where a reference stands. */
export function withoutMarkers(text: string): string {
  return text.replace(MARKERS, "…");
}

/** True when the path is what the pattern names, below it or above it. */
function covers(pattern: string, path: string): boolean {
  const wanted = pattern.split(".");
  const given = path.split(/[.[]/);
  const length = Math.min(wanted.length, given.length);
  return wanted.slice(0, length).every((segment, index) => segment === "*" || segment === given[index]);
}
