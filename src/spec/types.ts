/** What loading a spec gives: desired resources, validated, named and linked, still without anything from AWS. */
import type { SourceLocation } from "../model/errors.ts";
import type { CodeOrigin, Reason } from "../model/plan.ts";
import type { JsonObject } from "../model/values.ts";

/** Where a key of `dependencies` points: a resource of the stack, or a literal ARN. */
export type DependencyTarget = { readonly key: string } | { readonly arn: string };

export interface DesiredResource {
  /** `Group::Type::name`: unique in the stack. See `resourceKey`. */
  readonly key: string;
  readonly type: string;
  readonly name: string;
  /** What AWS calls it, where the stage has names of its own. */
  readonly physicalName?: string | undefined;
  /** Must exist; only referred to, never changed. */
  readonly readOnly: boolean;
  readonly namespace?: string | undefined;
  /** Canonical and schema-checked; strings with references are `{$template}`. */
  readonly properties: JsonObject;
  readonly dependencies: Readonly<Record<string, readonly DependencyTarget[]>>;
  /** Keys of the resources that must be there first: dependencies and references. */
  readonly edges: readonly string[];
  /** Key of the parent, for child types. */
  readonly parent?: string | undefined;
  readonly code?: CodeArchive | undefined;
  /** The artifact that its code is in, of code that is built. */
  readonly artifact?: string | undefined;
  /** The container image that its code is; `left`: nobody asked, and it stays as AWS has it. */
  readonly image?: CodeImage | "left" | undefined;
  readonly at?: SourceLocation | undefined;
  /** Made by the engine, not written in the spec (the deployment of a stage without AutoDeploy). */
  readonly implied?: boolean | undefined;
}

/** A function's folder, or what was built of it, zipped reproducibly. */
export interface CodeArchive {
  /** base64, as Lambda's CodeSha256 */
  readonly sha256: string;
  readonly bytes: Uint8Array;
  /** Files in the zip. */
  readonly files: number;
  /** Of code that was built. */
  readonly origin?: CodeOrigin | undefined;
}

/** A container image, by what it is and not by what it is called. */
export interface CodeImage {
  /** With the digest: `123456789012.dkr.ecr.eu-west-2.amazonaws.com/orders@sha256:…` */
  readonly uri: string;
  readonly digest: string;
  /** The tag that stood for it when it was planned. */
  readonly tag?: string | undefined;
}

/** A spec, loaded. `resources` is in dependency order: a resource comes after everything in its `edges`. */
export interface LoadedSpec {
  readonly projectName: string;
  readonly resources: readonly DesiredResource[];
  /** Resources that need nothing (a deployment that AutoDeploy makes by itself), with the reason. */
  readonly satisfied: readonly {
    readonly key: string;
    readonly type: string;
    readonly name: string;
    readonly reason: Reason;
  }[];
  readonly warnings: readonly SpecWarning[];
  /** What anybody on the internet may call: the resource's key, and `GET /hello`. */
  readonly open: readonly { readonly key: string; readonly what: string }[];
  /** What the spec printed. */
  readonly console: readonly string[];
}

export interface SpecWarning {
  /**
   * `written`: an error as soon as the plan makes or changes the resource. `made`: it counts only while the plan makes
   * the resource, or waits for it.
   */
  readonly when?: "written" | "made";
  readonly code: string;
  readonly message: string;
  readonly hint?: string | undefined;
  readonly at?: SourceLocation | undefined;
  readonly resource?: string | undefined;
}

export function resourceKey(type: string, name: string): string {
  return `${type}::${name}`;
}
