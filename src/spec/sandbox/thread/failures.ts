/** What went wrong in the sandbox, as an error a user can act on. */
import { GatewrightError, type SourceLocation } from "../../../model/errors.ts";
import { type Limits, memoryError, timeoutError } from "../limits.ts";
import type { Failure } from "../protocol.ts";
import type { Places } from "./places.ts";

/** Codes the prelude may use; a spec that tampers with the prelude cannot invent others. */
const GUEST_CODES: ReadonlySet<string> = new Set([
  "SPEC_NO_CREATE_RESOURCES",
  "SPEC_NOT_ARRAY",
  "SPEC_NOT_JSON",
  "SPEC_TOO_LARGE",
  "CONFIG_INVALID",
  "ENTRY_INVALID",
  "REFERENCE_INVALID",
  "PASSWORD_INVALID",
  "MULTILINE_INVALID",
  "REQUIRE_INVALID",
  "VALUE_INVALID",
]);

const SANDBOX_HINT =
  "A spec runs in a sandbox. It has JavaScript's built-in objects, require, console and process.env, but nothing else from Node.js.";

/**
 * For something thrown while the spec ran.
 * @param full whether the sandbox had used up its memory by then
 */
export function failureError(
  failure: Failure,
  places: Places,
  limits: Limits,
  full: boolean,
): GatewrightError {
  const { name, message, stack, doing, unread } = failure;
  const at = failurePlace(failure, places);
  if (failure.code !== undefined && GUEST_CODES.has(failure.code)) {
    const about = doing.includes("(entry ") && !message.startsWith("entry ") ? `${doing}: ` : "";
    return new GatewrightError(failure.code, `${about}${message}`, { hint: failure.hint, at });
  }
  if (name === "SyntaxError" && isAtOnce(stack)) {
    return new GatewrightError("SPEC_SYNTAX", `${at?.file ?? doing} has a syntax error: ${message}`, {
      hint: "Check this line and the end of the previous one for a missing or extra comma, quote or bracket.",
      at,
    });
  }
  if (name === "InternalError" && message === "interrupted") return timeoutError(at, limits);
  if (name === "InternalError" && message.includes("out of memory")) return memoryError(at, limits);
  // QuickJS throws null if there is no memory left for an error.
  if (full && name === "" && message === "null") return memoryError(at, limits);
  if (name === "InternalError" && message.includes("stack overflow")) {
    return new GatewrightError("SPEC_STACK_OVERFLOW", `${doing} calls itself without end`, { at });
  }
  const thrown = name === "" ? message : `${name}: ${message}`;
  return new GatewrightError("SPEC_THROWN", `${doing} threw ${thrown}`, {
    hint: thrownHint(name, message, unread),
    at,
  });
}

/** Where it was thrown, or where what was going on is written. */
function failurePlace({ stack, position }: Failure, places: Places): SourceLocation | undefined {
  return places.ofStack(stack) ?? (position === undefined ? undefined : places.ofPosition(position));
}

/** A mistake found while reading a file stands in the first line of the stack, without a function around it. */
function isAtOnce(stack: string): boolean {
  return /^\s*at [^()]+:\d+:\d+\s*(\n|$)/.test(stack) && !stack.startsWith("    at <");
}

function thrownHint(name: string, message: string, unread: readonly string[]): string | undefined {
  if (name === "ReferenceError" && /'(\w+)' is not defined|(\w+) is not defined/.test(message))
    return SANDBOX_HINT;
  // `cannot read property 'split' of undefined`
  if (name === "TypeError" && /\bundefined\b/.test(message) && unread.length > 0)
    return `Not set: ${unread
      .slice(0, 10)
      .map((one) => `process.env.${one}`)
      .join(", ")}. Set it in \`env\` of the stage's settings, or give it a default.`;
  return undefined;
}
