/** GitHub writes times in whole seconds. */
export function time(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}

/** The same, for a time that may be missing. */
export function timeOrNull(date: Date | undefined): string | null {
  return date ? time(date) : null;
}

/** The global id GraphQL uses; opaque to everybody. */
export function nodeId(type: string, id: number | string): string {
  return Buffer.from(`${type}:${id}`).toString("base64");
}
