/**
 * A plan for people and programs (`plan.json`, version 1): pure data without secrets or code. The additional data for
 * an apply (states, live resources) is in `Planning` (engine/plan), which never leaves the process.
 */
import type { SourceLocation } from "./errors.ts";
import type { StackFacts } from "./stack.ts";
import type { Trail } from "./drift/trail.ts";
import type { JsonObject, JsonValue } from "./values.ts";

export type Action = "create" | "update" | "replace" | "delete" | "no-op";

/** One property of a change. Sensitive values and code are replaced by `"(sensitive)"`. */
export interface ShownPropertyChange {
  /** `TimeoutInMillis`, `Environment.Variables.TOKEN` */
  readonly path: string;
  /** Missing: not set before. `{"$unknown": "…"}`: known after apply. */
  readonly before?: JsonValue | undefined;
  readonly after?: JsonValue | undefined;
  /** True if this property forces the replacement. */
  readonly replaces: boolean;
  readonly sensitive: boolean;
  /** AWS's default, which the spec does not give: comments only count it. */
  readonly byDefault?: boolean | undefined;
}

/** The reason for a change, as data; src/report/reason.ts has the words. */
export type Reason =
  | { readonly kind: "read-only" }
  | { readonly kind: "foreign" }
  /** The spec has nothing for it to serve (a deployment without routes). */
  | { readonly kind: "nothing-to-serve" }
  | { readonly kind: "parent-replaced"; readonly key: string }
  | { readonly kind: "create-only"; readonly path: string }
  | { readonly kind: "not-in-spec" }
  /** The whole stack is deleted. */
  | { readonly kind: "destroyed" }
  /** The old resource of an interrupted replacement. */
  | { readonly kind: "superseded" }
  /** The named stages create it automatically. */
  | { readonly kind: "auto-deploy"; readonly stages: readonly string[] }
  | { readonly kind: "auto-deployed" }
  /** What this property names was made anew: the same value is set again. */
  | { readonly kind: "renewed"; readonly path: string }
  /** AWS is still creating or changing it: the apply waits until it is ready. */
  | { readonly kind: "pending" }
  /** AWS failed to create it; `why` is AWS's explanation. */
  | { readonly kind: "failed"; readonly why?: string };

export interface Protection {
  /** To go after "loses": `its items`. */
  readonly loses: string;
  readonly allowed: boolean;
}

/** Built code: what it is called and where it came from. */
export interface CodeOrigin {
  /** The artifact's name. */
  readonly artifact: string;
  /** `run 57 of build.yml`, `the folder dist/orders` */
  readonly from: string;
  /** Of the zip that Lambda gets. */
  readonly bytes: number;
}

/** A container image, by the digest that it had when it was planned. */
interface ImageOrigin {
  /** `sha256:` and 64 hex digits */
  readonly digest: string;
  /** The tag that the spec gives. */
  readonly tag?: string | undefined;
}

/** Sizes of zipped code in bytes. AWS does not tell which files a deployed zip has. */
interface CodeSizes {
  readonly before?: number | undefined;
  readonly after?: number | undefined;
  /** Files in the new zip. */
  readonly files?: number | undefined;
}

/** A file of code that differs from that which AWS runs. */
export interface ChangedFile {
  readonly path: string;
  readonly change: "added" | "changed" | "removed";
  /** Lines, of a text that changed. */
  readonly added?: number | undefined;
  readonly removed?: number | undefined;
}

/** Which files of code differ. */
export interface ChangedFiles {
  readonly changed: number;
  /** Files in the new code. */
  readonly of: number;
  /** The first of them. */
  readonly files: readonly ChangedFile[];
}

export interface Change {
  /** `Group::Type::name` */
  readonly key: string;
  readonly type: string;
  readonly name: string;
  readonly action: Action;
  /** The id that AWS assigned, once it exists. */
  readonly id?: string | undefined;
  /** For a create: every property that is set; for a delete: none. */
  readonly properties: readonly ShownPropertyChange[];
  /** Of a create, update or replace of what has built code. */
  readonly code?: CodeOrigin | undefined;
  /** Of a create, update or replace of what has a container image for its code. */
  readonly image?: ImageOrigin | undefined;
  /** Where code is created or changes. */
  readonly codeSize?: CodeSizes | undefined;
  /** Where code changes, and AWS told the one before. */
  readonly codeFiles?: ChangedFiles | undefined;
  /** Set if the reason is not obvious. */
  readonly reason?: Reason | undefined;
  /** Replaced only because the API it serves changes: nothing breaks. */
  readonly redeploy?: boolean | undefined;
  /** For delete and replace: what breaks, and for whom. */
  readonly consequence?: string | undefined;
  /** For delete and replace of a protected type: what is lost, and whether that was allowed by name. */
  readonly protection?: Protection | undefined;
  /** Deleted with its parent, without a separate call. */
  readonly withParent?: boolean | undefined;
  /** Takes over a resource that this stack did not manage. */
  readonly adopts?: boolean | undefined;
  /** Keys of the changes it waits for. */
  readonly after: readonly string[];
  readonly at?: SourceLocation | undefined;
}

/** A problem to consider before applying. An `error` blocks the apply. */
export interface Problem {
  readonly severity: "error" | "warning";
  /** `FOREIGN_RESOURCE`, `DRIFT`, `NO_PERMISSION_FOR_API`, … (docs/errors.md) */
  readonly code: string;
  readonly message: string;
  readonly hint?: string | undefined;
  /** The resource concerned. */
  readonly key?: string | undefined;
  readonly at?: SourceLocation | undefined;
}

/** A resource of the spec in the stack's graph, whether it changes or not. */
export interface GraphNode {
  readonly key: string;
  /** Keys of what it needs: its dependencies, and what its properties refer to. */
  readonly needs: readonly string[];
  /** What it calls by an address or ARN, as far as the plan knows it. */
  readonly target?: string | undefined;
  /** What it allows whoever has it: policy documents, ARNs of managed policies. By property. */
  readonly allows?: JsonObject | undefined;
}

interface Counts {
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
  /** What anybody on the internet may call once it is applied: `GET /hello`. Missing for nothing. */
  readonly open?: readonly string[] | undefined;
  /** Those of `open` that nobody may call without credentials today. Missing in plans of older versions. */
  readonly opens?: readonly string[] | undefined;
  /** The stack as it is afterwards, for the bot's pages. Not in plan.json, and no part of the digest. */
  readonly graph?: readonly GraphNode[] | undefined;
  /** Who changed what differs, for the issue about drift. Not in plan.json, and no part of the digest. */
  readonly trail?: Trail | undefined;
}

/** What people type for a plan: its id, or all 64 digits of its digest. */
export const PLAN_NAME = /^[0-9a-f]{12}(?:[0-9a-f]{52})?$/;

/** The digits of a digest that people see. They name a plan among those that were shown; two plans can be made that share them. */
export function shortId(digest: string): string {
  return digest.slice(0, 12);
}

/** Whether a name is a whole digest: only that says what is in a plan. */
export function isDigest(name: string): boolean {
  return /^[0-9a-f]{64}$/.test(name);
}

/** Whether the name means the plan with this digest. */
export function isNamed(digest: string, name: string): boolean {
  return PLAN_NAME.test(name) && digest.startsWith(name);
}

export function hasChanges(plan: Plan): boolean {
  return plan.changes.some((change) => change.action !== "no-op");
}

export function isApplicable(plan: Plan): boolean {
  return plan.problems.every((problem) => problem.severity !== "error");
}

/** The name in a key `Group::Type::name`. Any other text is returned as it is. */
export function nameOf(key: string): string {
  return /^[^:]+::[^:]+::(.+)$/s.exec(key)?.[1] ?? key;
}

/** `Group::Type` in a key `Group::Type::name`. */
export function typeOf(key: string): string {
  return /^([^:]+::[^:]+)::/.exec(key)?.[1] ?? "";
}

export function countActions(changes: readonly Pick<Change, "action">[]): Counts {
  const counts: Record<Action, number> = { create: 0, update: 0, replace: 0, delete: 0, "no-op": 0 };
  for (const { action } of changes) counts[action] += 1;
  return counts;
}
