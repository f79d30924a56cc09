import type { Position } from "../protocol.ts";

/** A mistake that the prelude itself finds; becomes a GatewrightError with this code. */
export class Problem extends Error {
  readonly code: string;
  readonly hint: string | undefined;

  constructor(code: string, message: string, hint?: string) {
    super(message);
    this.code = code;
    this.hint = hint;
  }
}

/** What is going on, for the message when it fails. */
export interface Doing {
  what: string;
  position?: Position | undefined;
}

/** A value as a message shows it: short, one line, never throws. */
export function shown(value: unknown): string {
  try {
    if (typeof value === "function") return value.name === "" ? "a function" : `the function ${value.name}`;
    if (typeof value === "bigint") return `${value}n`;
    if (typeof value === "symbol") return String(value);
    if (value instanceof Promise) return "a promise";
    const text = typeof value === "object" && value !== null ? JSON.stringify(value) : undefined;
    return cut(text ?? (typeof value === "string" ? JSON.stringify(value) : String(value)));
  } catch {
    return `a value of type ${typeof value}`;
  }
}

function cut(text: string): string {
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}
