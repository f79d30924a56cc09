/**
 * The two private-use characters that enclose a reference or a generated password in a string. Such strings exist only
 * between the sandbox and the loader, and must never reach AWS.
 */
export const MARKER_START = "\uE000";
export const MARKER_END = "\uE001";

const MARKER = new RegExp(`${MARKER_START}[^${MARKER_END}]*${MARKER_END}`);

/** True if the text contains a marker, so that its value is known only later. */
export function hasMarker(value: string): boolean {
  return MARKER.test(value);
}

/** Replaces each marker by the name it refers to, in braces, for names derived from texts with references. */
export function withNamesForMarkers(value: string): string {
  return value.replace(new RegExp(MARKER, "g"), (marker) => `{${referredName(marker.slice(1, -1))}}`);
}

/** Each marker with what it refers to as JSON, for whoever looks for a word in it. */
export function withMarkersRead(value: string): string {
  return value.replace(new RegExp(MARKER, "g"), (marker) => payloadText(marker.slice(1, -1)));
}

function payloadText(payload: string): string {
  return Buffer.from(payload, "base64url").toString();
}

/** The name in a marker's payload, base64url JSON as spec/sandbox/markers.ts writes it: `[type, name, …]`. */
function referredName(payload: string): string {
  try {
    const parts: unknown = JSON.parse(payloadText(payload));
    return Array.isArray(parts) && typeof parts[1] === "string" ? parts[1] : "?";
  } catch {
    return "?";
  }
}
