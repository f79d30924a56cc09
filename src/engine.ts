/**
 * The engine's verbs, the same for the Action, the terminal and the bot: load a spec, plan it, apply it, list, destroy.
 * Everything that touches the world comes in through `Surroundings`.
 */
import type { ApplyEvent, ApplyResult } from "./apply/types.ts";
import type { Aws } from "./aws/aws.ts";
import type { Plan, Planning } from "./plan/types.ts";
import type { Live } from "./resources/type.ts";
import type { SpecSource } from "./source/source.ts";
import type { LoadedSpec } from "./spec/types.ts";

export interface StackOptions {
  readonly source: SpecSource;
  /** The stack's directory in the source, `.` for its root. */
  readonly directory: string;
  /** The spec file; `resources.js`, `.mjs`, `.ts` are looked for without it. */
  readonly spec?: string | undefined;
  readonly stage: string;
  readonly region: string;
  readonly projectName?: string | undefined;
  /** Allow-listed environment the spec may read. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** The spec of the base branch: tells what left the spec, and drift. */
  readonly base?: SpecSource | undefined;
  /** Names or keys of foreign resources to take over. */
  readonly adopt?: readonly string[] | undefined;
  /** Refuse another account than this one. */
  readonly expectedAccount?: string | undefined;
}

export interface ApplyOptions {
  /** Refuse when the recomputed plan has another id. */
  readonly planId?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onEvent?: ((event: ApplyEvent) => void) | undefined;
  /** Called right before every write; throw to stop (a lost lock). */
  readonly beforeWrite?: ((key: string) => Promise<void>) | undefined;
}

/** A resource as `gatewright list` tells it. */
export interface Listed {
  readonly live: Live;
  readonly managedByUs: boolean;
}

/** Counts calls; made by `connectAws`. */
export interface ConnectedAws extends Aws {
  readonly calls: () => number;
}

export interface Engine {
  load(options: StackOptions, aws: ConnectedAws): Promise<LoadedSpec>;
  /** Reads AWS and computes the plan. Throws GatewrightError(s) for a bad spec, credentials or denied reads. */
  plan(options: StackOptions, aws: ConnectedAws): Promise<Planning>;
  /** Plans anew, compares ids, carries it out. Never throws for a failed step: the result tells. */
  apply(options: StackOptions, aws: ConnectedAws, how?: ApplyOptions): Promise<ApplyResult>;
  /** The plan that removes everything of the stack that is ours; apply it with `destroy`. */
  planDestroy(options: StackOptions, aws: ConnectedAws): Promise<Planning>;
  destroy(options: StackOptions, aws: ConnectedAws, how?: ApplyOptions): Promise<ApplyResult>;
  list(options: StackOptions, aws: ConnectedAws, type?: string): Promise<readonly Listed[]>;
}

export type { Plan };
