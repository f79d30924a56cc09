/**
 * The globals of a spec: `process.env` (allow-listed), `console` (captured), and a fixed clock and a seeded random
 * generator, because a plan must not change between its review and its apply.
 */
import type { GuestHost, GuestOptions } from "../protocol.ts";
import type { ConsoleLevel } from "../types.ts";
import { callerFrame } from "./functions.ts";

/**
 * Installs them. The worker has fixed the clock and seeded Math.random; this warns once about each use.
 * @param unread gets the names of variables that are read and not set
 */
export function prepareGlobals(host: GuestHost, { env, main }: GuestOptions, unread: string[]): void {
  const scope = globalThis as unknown as Record<string, unknown>;
  const folder = main.includes("/") ? main.slice(0, main.lastIndexOf("/")) : "";
  scope.global = globalThis;
  scope.process = { env: watched({ ...env }, unread), argv: [], platform: "linux", cwd: () => `/${folder}` };
  scope.console = makeConsole(host);
  const warned = new Set<string>();
  const warn = (what: string, does: string): void => {
    if (warned.has(what)) return;
    warned.add(what);
    host.print(
      "warn",
      `${what} ${does}, so that a plan stays the same until it is applied${at(callerFrame())}`,
    );
  };
  stopClock(scope, warn);
  const random = Math.random;
  Math.random = () => {
    warn("Math.random", "gives the same numbers in every evaluation");
    return random();
  };
}

/** @param unread gets the names of variables that are read and not set */
function watched(env: Record<string, string>, unread: string[]): Record<string, string> {
  return new Proxy(env, {
    get(target, key, receiver) {
      if (typeof key === "string" && !(key in target) && unread.length < MOST_UNREAD && !unread.includes(key))
        unread.push(key);
      return Reflect.get(target, key, receiver) as unknown;
    },
  });
}

const MOST_UNREAD = 100;

function stopClock(scope: Record<string, unknown>, warn: (what: string, does: string) => void): void {
  const stopped = Date.now();
  const tell = (): void =>
    warn("Date", `always says ${new RealDate(stopped).toISOString().slice(0, 10)} in a spec`);
  const RealDate = Date;
  const now = (): number => {
    tell();
    return stopped;
  };
  scope.Date = new Proxy(RealDate, {
    construct(target, parameters, newTarget) {
      if (parameters.length === 0) tell();
      return Reflect.construct(target, parameters, newTarget) as object;
    },
    apply() {
      tell();
      return new RealDate(stopped).toString();
    },
    get: (target, key, receiver) => (key === "now" ? now : (Reflect.get(target, key, receiver) as unknown)),
  });
}

function makeConsole(host: GuestHost): Record<string, unknown> {
  const level =
    (name: ConsoleLevel) =>
    (...values: readonly unknown[]): void =>
      host.print(
        name,
        values
          .map((value) => printed(value))
          .join(" ")
          .slice(0, 10_000),
      );
  const nothing = (): void => {};
  return {
    debug: level("debug"),
    log: level("log"),
    info: level("info"),
    warn: level("warn"),
    error: level("error"),
    trace: level("debug"),
    dir: level("log"),
    table: level("log"),
    group: level("log"),
    groupEnd: nothing,
    time: nothing,
    timeEnd: nothing,
    assert: (condition: unknown, ...values: readonly unknown[]) => {
      if (!condition) level("error")("Assertion failed:", ...values);
    },
  };
}

function printed(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "function") return `[Function ${value.name || "(anonymous)"}]`;
  if (typeof value !== "object" || value === null)
    return typeof value === "bigint" ? `${value}n` : String(value);
  try {
    if (value instanceof Error) return `${String(value)}\n${value.stack ?? ""}`.trimEnd();
    return JSON.stringify(value, undefined, 2) ?? String(value);
  } catch {
    return Object.prototype.toString.call(value);
  }
}

function at(frame: string): string {
  const place = /\(?([^()\s]+:\d+):\d+\)?$/.exec(frame)?.[1];
  return place === undefined ? "" : ` (${place})`;
}
