/** An entry of the spec on its way to a desired resource. */
import type { SourceLocation } from "../model/errors.ts";
import type { ResourceType } from "../resources/type.ts";
import type { Entry } from "./type-rules.ts";
import type { JsonObject } from "../model/values.ts";
import type { RawEntry } from "./sandbox/types.ts";
import type { DependencyTarget } from "./types.ts";

export type TypeRegistry = ReadonlyMap<string, ResourceType>;

/** An entry as the sandbox gives it: its functions called, nothing else checked. */
export type WrittenEntry = Partial<RawEntry>;

/** Checked so far that its type is known and it has a name. */
export interface Draft {
  readonly type: ResourceType;
  /** Canonical. */
  readonly entry: Entry;
  readonly name: string;
  readonly key: string;
  /** Other names that dependencies may use. */
  readonly aliases: readonly string[];
  readonly readOnly: boolean;
  readonly namespace?: string | undefined;
  readonly at?: SourceLocation | undefined;
  readonly implied?: boolean | undefined;
  /** Its properties failed a check: it is there for others to refer to, but nothing more is said about it. */
  readonly broken?: boolean | undefined;
}

/** A draft with its dependencies and references resolved to keys. */
export interface Linked {
  readonly draft: Draft;
  readonly dependencies: Readonly<Record<string, readonly DependencyTarget[]>>;
  readonly parent?: string | undefined;
  /** Key → what makes the edge, for the message about a cycle: `dependencies.role`, `Environment.Variables.URL`. */
  readonly edges: ReadonlyMap<string, string>;
  readonly properties: JsonObject;
}

/** The key under `dependencies` that names the parent, for child types. */
export function parentKey(type: ResourceType): string | undefined {
  return Object.entries(type.dependencies).find(([, key]) => key.parent === true)?.[0];
}
