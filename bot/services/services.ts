/** What the bot's parts are handed: made once in main.ts (or by the workflow mode, or by a test). */
import type { Clock } from "../../src/model/clock.ts";
import type { ConnectedAws } from "../../src/aws/connect.ts";
import type { GitHubRequest } from "../../src/github/client.ts";
import type { RepositoryRef } from "../../src/model/repository.ts";
import type { Run, RunRequest, StackRef } from "../../src/model/run.ts";
import type { Store } from "./store.ts";

/** Structured logging; run and delivery ids go into `fields`. */
export interface Log {
  info(fields: Readonly<Record<string, unknown>>, text: string): void;
  warn(fields: Readonly<Record<string, unknown>>, text: string): void;
  error(fields: Readonly<Record<string, unknown>>, text: string): void;
}

export type Purpose = "plan" | "apply";

/** What a stage's settings say of its AWS account. */
export interface StageAccess {
  readonly region?: string | undefined;
  readonly role?: string | undefined;
  readonly planRole?: string | undefined;
}

/** What the session in AWS is named after. */
export interface SessionFacts {
  readonly runId: string;
  readonly pull?: number | undefined;
}

export interface Services {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  /** GitHub as this app, in the repository's installation. */
  github(repository: RepositoryRef): Promise<GitHubRequest>;
  /** AWS for one run; which identity that is, is the configuration's decision. */
  aws(stack: StackRef, stage: StageAccess, purpose: Purpose, session: SessionFacts): ConnectedAws;
  /** Stores runs and queues them: all of a group at once, so that its end is told once. */
  enqueue(requests: readonly RunRequest[]): Promise<readonly Run[]>;
  /** The app's slug: `gatewright` writes as `gatewright[bot]`. */
  readonly appSlug: string;
  readonly serverUrl: string;
  /** Where run pages are reached, when they are. */
  readonly publicUrl?: string | undefined;
}

export function runUrl({ publicUrl }: Pick<Services, "publicUrl">, runId: string): string | undefined {
  return publicUrl === undefined ? undefined : `${publicUrl}/runs/${runId}`;
}
