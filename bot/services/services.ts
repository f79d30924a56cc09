/** What the bot's parts are handed: made once in main.ts (or by the workflow mode, or by a test). */
import type { Clock, ConnectedAws } from "../../src/index.ts";
import type { Purpose, SessionFacts } from "../stacks/aws.ts";
import type { Request } from "../../src/github/api.ts";
import type { StageSettings } from "../stacks/settings/schema.ts";
import type { RepositoryRef, Run, RunRequest, StackRef, Store } from "./types.ts";

/** Structured logging; run and delivery ids go into `fields`. */
export interface Log {
  info(fields: Readonly<Record<string, unknown>>, text: string): void;
  warn(fields: Readonly<Record<string, unknown>>, text: string): void;
  error(fields: Readonly<Record<string, unknown>>, text: string): void;
}

export interface Services {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  /** GitHub as this app, in the repository's installation. */
  github(repository: RepositoryRef): Promise<Request>;
  /** AWS for one run; which identity that is, is the configuration's decision. */
  aws(stack: StackRef, stage: StageSettings, purpose: Purpose, session: SessionFacts): ConnectedAws;
  /** Stores a run and queues it. */
  enqueue(request: RunRequest): Promise<Run>;
  /** The app's slug: `gatewright` writes as `gatewright[bot]`. */
  readonly appSlug: string;
  readonly serverUrl: string;
  /** Where run pages are reached, when they are. */
  readonly publicUrl?: string | undefined;
}

export function runUrl({ publicUrl }: Pick<Services, "publicUrl">, runId: string): string | undefined {
  return publicUrl === undefined ? undefined : `${publicUrl}/runs/${runId}`;
}

/** `owner` and `repo`, as GitHub's routes name them. */
export function place(repository: RepositoryRef): { readonly owner: string; readonly repo: string } {
  return { owner: repository.owner, repo: repository.name };
}
