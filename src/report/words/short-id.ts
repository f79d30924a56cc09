/** Shortens an ARN to the part after region and account: `table/orders`. Those stand elsewhere in a comment. */
export function shortId(id: string): string {
  return /^arn:[^:]+:[^:]+:[^:]*:[^:]*:(.+)$/s.exec(id)?.[1] ?? id;
}
