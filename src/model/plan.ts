/**
 * The plan as people and programs see it (`plan.json`, version 1): pure data without secrets or code.
 * What apply needs beyond it (states, live resources) is in `Planning` (engine/plan), which never leaves the process.
 */
import type { SourceLocation } from "./errors.ts";
import type { StackFacts } from "./stack.ts";
import type { JsonValue } from "./values.ts";

export type Action = "create" | "update" | "replace" | "delete" | "no-op";

/** One property in a change. Sensitive values and code are never here: they are `"(sensitive)"`. */
export interface ShownPropertyChange {
  /** `TimeoutInMillis`, `Environment.Variables.TOKEN` */
  readonly path: string;
  /** Absent: not set before. `{"$unknown": "…"}`: known after apply. */
  readonly before?: JsonValue | undefined;
  readonly after?: JsonValue | undefined;
  /** This one forces the replacement. */
  readonly replaces: boolean;
  readonly sensitive: boolean;
}

/** Why a change is what it is, as a value; src/report/reason.ts has the words. */
export type Reason =
  | { readonly kind: "read-only" }
  | { readonly kind: "foreign" }
  /** What it would serve is not in the spec (a deployment without routes). */
  | { readonly kind: "nothing-to-serve" }
  | { readonly kind: "parent-replaced"; readonly key: string }
  | { readonly kind: "create-only"; readonly path: string }
  | { readonly kind: "not-in-spec" }
  /** The old half of an interrupted replacement. */
  | { readonly kind: "superseded" }
  /** The named stages make it themselves. */
  | { readonly kind: "auto-deploy"; readonly stages: readonly string[] }
  | { readonly kind: "auto-deployed" }
  /** AWS is still making or changing it: the apply waits until it is ready. */
  | { readonly kind: "pending" }
  /** AWS could not make it; `why` is AWS's explanation. */
  | { readonly kind: "failed"; readonly why?: string };

export interface Change {
  /** `Group::Type::name` */
  readonly key: string;
  readonly type: string;
  readonly name: string;
  readonly action: Action;
  /** What AWS assigned, once it exists. */
  readonly id?: string | undefined;
  /** For create: every property set; for delete: none. */
  readonly properties: readonly ShownPropertyChange[];
  /** Why, where it is not plain. */
  readonly reason?: Reason | undefined;
  /** Made again only because what it serves changes: nothing breaks. */
  readonly redeploy?: boolean | undefined;
  /** Delete and replace: what breaks for whom. */
  readonly consequence?: string | undefined;
  /** Deleted together with its parent, without a call of its own. */
  readonly withParent?: boolean | undefined;
  /** The change takes over a resource that was not ours. */
  readonly adopts?: boolean | undefined;
  /** Keys of changes that it waits for. */
  readonly after: readonly string[];
  readonly at?: SourceLocation | undefined;
}

/** Something to know before applying. An `error` makes the plan one that cannot be applied. */
export interface Problem {
  readonly severity: "error" | "warning";
  /** `FOREIGN_RESOURCE`, `DRIFT`, `NO_PERMISSION_FOR_API`, … (docs/errors.md) */
  readonly code: string;
  readonly message: string;
  readonly hint?: string | undefined;
  /** The resource it is about. */
  readonly key?: string | undefined;
  readonly at?: SourceLocation | undefined;
}

export interface Counts {
  readonly create: number;
  readonly update: number;
  readonly replace: number;
  readonly delete: number;
  readonly "no-op": number;
}

export interface Plan {
  readonly version: 1;
  /** The first 12 hex digits of `digest`. */
  readonly id: string;
  readonly digest: string;
  /** Gatewright's version. */
  readonly engine: string;
  readonly stack: StackFacts;
  /** In the order of the spec's graph, deletes last. */
  readonly changes: readonly Change[];
  readonly counts: Counts;
  readonly problems: readonly Problem[];
}

export function hasChanges(plan: Plan): boolean {
  return plan.changes.some((change) => change.action !== "no-op");
}

export function isApplicable(plan: Plan): boolean {
  return plan.problems.every((problem) => problem.severity !== "error");
}

/** The name in a key `Group::Type::name`; what is not a key is a name itself. */
export function nameOf(key: string): string {
  return /^[^:]+::[^:]+::(.+)$/s.exec(key)?.[1] ?? key;
}

/** `Group::Type` in a key `Group::Type::name`. */
export function typeOf(key: string): string {
  return /^([^:]+::[^:]+)::/.exec(key)?.[1] ?? "";
}
