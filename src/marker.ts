/**
 * The two private-use characters around what the sandbox puts into a string where a reference or a generated password
 * stands. Between the sandbox and the loader such text is in flight; it must never reach AWS.
 */
export const MARKER_START = "\uE000";
export const MARKER_END = "\uE001";

const MARKER = new RegExp(`${MARKER_START}[^${MARKER_END}]*${MARKER_END}`);

/** True when the text holds a marker, so that its value is known only later. */
export function hasMarker(value: string): boolean {
  return MARKER.test(value);
}
