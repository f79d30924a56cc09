/** Where a function is written. QuickJS exposes it on `Function.prototype`; read once, before the user's code can change it. */
import type { Position } from "../protocol.ts";

function getterOf(name: string): ((target: unknown) => unknown) | undefined {
  const get = Object.getOwnPropertyDescriptor(Function.prototype, name)?.get;
  return get === undefined ? undefined : (target) => Reflect.apply(get, target, []) as unknown;
}

const fileName = getterOf("fileName");
const lineNumber = getterOf("lineNumber");
const columnNumber = getterOf("columnNumber");

/** The place of a function the user wrote; `undefined` for anything else. */
export function positionOf(value: unknown): Position | undefined {
  if (typeof value !== "function") return undefined;
  const file = fileName?.(value);
  const line = lineNumber?.(value);
  const column = columnNumber?.(value);
  if (typeof file !== "string" || typeof line !== "number" || file.startsWith("gatewright:"))
    return undefined;
  return [file, line, typeof column === "number" ? column : 1];
}
