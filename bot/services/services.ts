/** The dependencies of the bot's parts, created once by main.ts, the workflow mode or a test. */
import type { Clock } from "../../src/model/clock.ts";
import type { ConnectedAws } from "../../src/aws/connect.ts";
import type { TrustedRoots } from "../../src/github/attestation/trusted-roots.ts";
import type { Fetch, GitHubRequest } from "../../src/github/client.ts";
import { fullName, type RepositoryRef } from "../../src/model/repository.ts";
import type { Run, RunRequest, StackRef } from "../../src/model/run.ts";
import type { Origin } from "../../src/report/report.ts";
import type { Store } from "./store.ts";

/** Structured logging; put run and delivery ids into `fields`. */
export interface Log {
  info(fields: Readonly<Record<string, unknown>>, text: string): void;
  warn(fields: Readonly<Record<string, unknown>>, text: string): void;
  error(fields: Readonly<Record<string, unknown>>, text: string): void;
}

export type Purpose = "plan" | "apply";

/** A stage's AWS settings. */
export interface StageAccess {
  readonly region?: string | undefined;
  readonly role?: string | undefined;
  readonly planRole?: string | undefined;
}

/** What the AWS session's name and tags are derived from. */
export interface SessionFacts {
  readonly runId: string;
  readonly pull?: number | undefined;
  /** Ends the session's requests. */
  readonly signal?: AbortSignal | undefined;
}

export interface Services {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  /** GitHub as this app, in the repository's installation. */
  github(repository: RepositoryRef): Promise<GitHubRequest>;
  /** AWS for one run, with the identity that the configuration chooses. */
  aws(stack: StackRef, stage: StageAccess, purpose: Purpose, session: SessionFacts): ConnectedAws;
  /** Stores runs and queues them: all of a group at once, so that its end is reported once. */
  enqueue(requests: readonly RunRequest[]): Promise<readonly Run[]>;
  /** False inside a workflow: what must outlive the job is read from GitHub. */
  readonly keepsRecords: boolean;
  /** The workflow run that this is a job of: what it built itself counts while it is under way. */
  readonly workflowRun?: number | undefined;
  /** Hides a text in what is logged from now on, inside a workflow. */
  readonly onSecret?: ((value: string) => void) | undefined;
  /** For addresses outside of GitHub's API and AWS; default: Node's own. */
  readonly fetch?: Fetch | undefined;
  /** Whom attestations of built code are trusted from. */
  readonly trustedRoots: TrustedRoots;
  /** The app's slug: `gatewright` writes as `gatewright[bot]`. */
  readonly appSlug: string;
  readonly serverUrl: string;
  /** A local AWS, which answers for the endpoints of its APIs, too. Undefined for AWS itself. */
  readonly awsEndpoint?: string | undefined;
  /** The address of the run pages; undefined without pages. */
  readonly publicUrl?: string | undefined;
}

/** GitHub's side of one repository, besides the services. */
export interface RepositoryContext {
  readonly services: Services;
  readonly request: GitHubRequest;
  readonly repository: RepositoryRef;
}

/** Where a report comes from: a commit of the repository, and the page of the run that it is about. */
export function originOf(
  services: Pick<Services, "serverUrl" | "publicUrl">,
  repository: RepositoryRef,
  headSha: string,
  runId?: string,
): Origin {
  return {
    serverUrl: services.serverUrl,
    repository: fullName(repository),
    headSha,
    runUrl: runId === undefined ? undefined : runUrl(services, runId),
  };
}

export function runUrl({ publicUrl }: Pick<Services, "publicUrl">, runId: string): string | undefined {
  return publicUrl === undefined ? undefined : `${publicUrl}/runs/${runId}`;
}
