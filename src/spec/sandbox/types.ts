/** What evaluating a spec takes and gives. */
import type { SourceLocation } from "../../model/errors.ts";
import type { SpecSource } from "../../source/source.ts";
import type { JsonObject, JsonValue } from "../../model/values.ts";

/** Which spec, and for what. */
export interface SpecOptions {
  readonly source: SpecSource;
  /** The stack's directory inside the source; `.` for its root. */
  readonly directory: string;
  /** The spec file, relative to the directory; without it the default names (`SPEC_FILES`) are looked for. */
  readonly spec?: string | undefined;
  readonly stage: string;
  readonly region: string;
  /** Takes precedence over `projectName` of `config.js` and `name` of `package.json`. */
  readonly projectName?: string | undefined;
}

export interface EvaluateOptions extends SpecOptions {
  /** Asked only when the spec calls `config.accountId()`. */
  readonly account: () => Promise<{ readonly account: string; readonly partition: string }>;
  /** The guest's complete `process.env`: contains only what it may see. */
  readonly env: Readonly<Record<string, string>>;
  /** Unset variables are not looked for: true for what is there already, which is as it is. */
  readonly unsetAllowed?: boolean | undefined;
  /** Told the first files' text, the spec's among them, while the thread evaluates it. */
  readonly onTexts?: ((texts: Iterable<string>) => void) | undefined;
  /** For the guest's own work; waiting for files and for the account does not count. */
  readonly timeoutMs?: number | undefined;
  readonly memoryBytes?: number | undefined;
}

export interface EvaluatedSpec {
  readonly entries: readonly RawEntry[];
  readonly config: JsonObject;
  readonly projectName: string;
  /** What the spec printed, bounded. */
  readonly console: readonly ConsoleLine[];
  /** Files of the source that were read, sorted. */
  readonly files: readonly string[];
}

/** An entry of `createResources`: its functions called, nothing else looked at. */
export interface RawEntry {
  readonly type: unknown;
  readonly group: unknown;
  readonly name?: unknown;
  readonly namespace?: unknown;
  readonly readOnly?: unknown;
  readonly isDefault?: unknown;
  readonly properties: JsonValue;
  readonly dependencies: JsonValue;
  /** Other keys of the entry, most likely misspelt. */
  readonly unknownKeys?: readonly string[];
  /** Paths of values that are undefined, as in `properties.Environment.Variables.TABLE`: JSON leaves them out. */
  readonly lost?: readonly string[];
  /** Values that come from variables of process.env that nobody has set. */
  readonly unset?: readonly UnsetValue[];
  readonly at?: SourceLocation;
}

/** A value that an unset variable of `process.env` made undefined, or wrote "undefined" into. */
export interface UnsetValue {
  /** From the entry: `["properties", "Tags", 0, "Value"]`. */
  readonly path: readonly (string | number)[];
  /** True if the value is text in which "undefined" now stands; false if there is no value. */
  readonly inText: boolean;
  /** Names of the variables. */
  readonly variables: readonly string[];
}

export type ConsoleLevel = "debug" | "log" | "info" | "warn" | "error";

export interface ConsoleLine {
  readonly level: ConsoleLevel;
  readonly text: string;
}
