/**
 * The messages between the host (evaluate.ts, trusted), the worker thread (worker.ts, holds the WebAssembly instance)
 * and the guest (guest/, runs with the user's code). Only types, because the guest can import nothing. The guest is
 * not trusted: the worker checks its result, where the deadline can end that work.
 */
import type { SourceLocation } from "../../model/errors.ts";
import type { JsonObject, JsonValue } from "../../model/values.ts";
import type { ConsoleLevel, ConsoleLine, RawEntry } from "./types.ts";

/** What the worker starts with. */
export interface WorkerSetup {
  /** Answers to `Question`s arrive here, read synchronously. */
  readonly answers: import("node:worker_threads").MessagePort;
  /** Set to 1 by the host when an answer is there. */
  readonly signal: Int32Array;
  /** Node's folder for compiled modules, if this process has one. */
  readonly compileCache: string | undefined;
}

/** Sent to the worker once the files to begin with are known. */
export interface RunRequest {
  readonly wasm: WebAssembly.Module;
  /** The guest's own modules, by name. */
  readonly prelude: ReadonlyMap<string, string>;
  readonly guest: GuestOptions;
  /** Files the host has read already, by path. */
  readonly files: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly memoryBytes: number;
}

export type Question =
  | { readonly ask: "load"; readonly specifier: string; readonly from: string }
  | { readonly ask: "account" };

export type Answer =
  | { readonly loaded: Loaded }
  | { readonly refused: Refused }
  | { readonly account: string }
  /** The host cannot continue (no credentials, no network): the evaluation ends, and the host knows why. */
  | { readonly stop: true };

export type Loaded = { readonly builtin: string } | { readonly path: string; readonly text: string };

/** A `require` that was not allowed or found nothing: an error the guest may catch, as in Node. */
interface Refused {
  readonly id: number;
  readonly code: string;
  readonly message: string;
}

/** The sandbox is ready and the spec starts: its time counts from here. */
export interface Begun {
  readonly begun: true;
}

/** The worker's final message. */
export interface Finished {
  readonly outcome: Outcome;
  readonly console: readonly ConsoleLine[];
}

export type Outcome =
  | { readonly checked: CheckedResult }
  /** The spec's mistake. `refused` is the number of a refusal by the host, which is then the error to report. */
  | { readonly error: ErrorParts; readonly refused?: number | undefined }
  | {
      readonly ended: "timeout" | "memory" | "pending" | "crash";
      readonly detail: string;
      readonly at?: SourceLocation | undefined;
    };

/** A fully checked result: counts, lengths, depth and form. */
export interface CheckedResult {
  readonly entries: readonly RawEntry[];
  readonly config: JsonObject;
  readonly projectName: string | undefined;
  /** Variables of process.env that the spec has read and nobody has set. */
  readonly unread: readonly string[];
}

/** A `GatewrightError` on its way between threads. */
export interface ErrorParts {
  readonly code: string;
  readonly message: string;
  readonly hint?: string | undefined;
  readonly at?: SourceLocation | undefined;
}

export interface GuestOptions {
  readonly main: string;
  readonly config?: string | undefined;
  readonly nonce: string;
  readonly stage: string;
  readonly region: string;
  readonly partition: string;
  readonly packageName?: string | undefined;
  readonly projectName?: string | undefined;
  readonly env: Readonly<Record<string, string>>;
  readonly limits: { readonly entries: number; readonly characters: number; readonly depth: number };
}

/** What the worker puts into the guest. Only text, numbers and the guest's own functions cross. */
export interface GuestHost {
  /** JSON text of `{module}`, `{builtin}` or `{refused}`. */
  load(specifier: string, from: string): string;
  /** The function around a script; throws the guest's own SyntaxError. */
  compile(path: string): CommonJsFunction;
  /** A built-in package's exports, by name. */
  builtin(name: string): Readonly<Record<string, () => object>>;
  print(level: ConsoleLevel, text: string): void;
  account(): string;
  done(result: string): void;
}

type CommonJsFunction = (
  this: unknown,
  exports: unknown,
  require: (specifier: unknown) => unknown,
  module: object,
  filename: string,
  dirname: string,
) => unknown;

export type LoadAnswer =
  | { readonly builtin: string }
  | { readonly module: string; readonly json?: string | undefined }
  | { readonly refused: Refused };

/** `[file, line, column]` as the engine counts them, before columns are found again. */
export type Position = readonly [string, number, number];

export interface GuestEntry {
  readonly type?: JsonValue;
  readonly group?: JsonValue;
  readonly name?: JsonValue;
  readonly namespace?: JsonValue;
  readonly readOnly?: JsonValue;
  readonly isDefault?: JsonValue;
  readonly properties: JsonValue;
  readonly dependencies: JsonValue;
  readonly unknownKeys: readonly string[];
  /** Paths of values that are undefined. */
  readonly lost: readonly string[];
  /** Where its functions are. */
  readonly positions: readonly Position[];
}

export type GuestMark =
  | {
      readonly type: string;
      readonly name: string;
      readonly path: string;
      readonly suffix: string;
      readonly frame: string;
    }
  | { readonly generated: number }
  | { readonly from: "parameter" | "secret"; readonly name: string; readonly key: string };

export type GuestResult =
  | {
      readonly entries: readonly GuestEntry[];
      readonly config: JsonValue;
      readonly projectName?: JsonValue;
      readonly marks: readonly GuestMark[];
      readonly unread: readonly string[];
      readonly created?: Position;
    }
  | { readonly failure: Failure };

/** A value thrown in the guest. */
export interface Failure {
  /** Set for what the prelude itself found wrong. */
  readonly code?: string;
  readonly hint?: string;
  /** Of the host's refusals, when a refused `require` was not caught. */
  readonly refused?: number;
  readonly name: string;
  readonly message: string;
  readonly stack: string;
  /** What was being evaluated: `properties of ApiGatewayV2::Api (entry 1 of createResources)`. */
  readonly doing: string;
  /** Variables of process.env that the spec has read by then and nobody has set. */
  readonly unread: readonly string[];
  /** Where that is, if there is no better place. */
  readonly position?: Position;
}
