import type { JsonObject } from "../json.ts";
import type { ObjectStore } from "./objects.ts";

/** A person, an organization or the bot account of an App. */
export interface Account {
  readonly id: number;
  readonly login: string;
  readonly type: "User" | "Organization" | "Bot";
  readonly createdAt: Date;
  name: string | null;
}

export type Level = "read" | "write" | "admin";
export type Permissions = Readonly<Record<string, Level>>;
export type Role = "none" | "read" | "triage" | "write" | "maintain" | "admin";

/** A GitHub App as its settings page shows it. */
export interface App {
  readonly id: number;
  readonly slug: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly owner: Account;
  readonly bot: Account;
  readonly createdAt: Date;
  /** PEM. JWTs are checked against it; without one only their shape and times are. */
  publicKey: string | undefined;
  privateKey: string | undefined;
  name: string;
  permissions: Permissions;
  events: readonly string[];
  webhook: { url: string | undefined; secret: string | undefined };
}

export interface Installation {
  readonly id: number;
  readonly app: App;
  readonly account: Account;
  readonly createdAt: Date;
  /** `all` repositories of the account, or these. */
  repositories: "all" | Set<number>;
  permissions: Permissions;
  suspendedAt: Date | undefined;
}

export interface Team {
  readonly id: number;
  readonly slug: string;
  readonly name: string;
  readonly organization: Account;
  readonly members: Map<string, "member" | "maintainer">;
  readonly repositories: Map<number, Role>;
}

/** Who does something: a person, an App's bot, or a person through an App. */
export interface Actor {
  readonly account: Account;
  readonly app?: App | undefined;
}

export interface Label {
  readonly id: number;
  name: string;
  color: string;
  description: string | null;
}

export interface Reaction {
  readonly id: number;
  readonly content: string;
  readonly author: Account;
  readonly createdAt: Date;
}

export interface Comment {
  readonly id: number;
  readonly issue: Issue;
  readonly author: Account;
  readonly app: App | undefined;
  readonly createdAt: Date;
  readonly reactions: Reaction[];
  body: string;
  updatedAt: Date;
}

export interface Review {
  readonly id: number;
  readonly author: Account;
  readonly commit: string;
  body: string;
  state: "PENDING" | "APPROVED" | "CHANGES_REQUESTED" | "COMMENTED" | "DISMISSED";
  submittedAt: Date | undefined;
}

/** The part of an issue that makes it a pull request. */
export interface Pull {
  readonly id: number;
  readonly head: { readonly repository: Repository; readonly ref: string; sha: string };
  readonly base: { ref: string; sha: string };
  readonly reviews: Review[];
  readonly requestedReviewers: Set<string>;
  draft: boolean;
  /** Reads that still answer `mergeable: null`, as GitHub does while it computes. */
  unknownReads: number;
  merged: { readonly by: Account; readonly at: Date; readonly commit: string } | undefined;
}

export interface Issue {
  readonly id: number;
  readonly number: number;
  readonly repository: Repository;
  readonly author: Account;
  readonly app: App | undefined;
  readonly createdAt: Date;
  readonly comments: Comment[];
  readonly labels: Set<string>;
  readonly assignees: Set<string>;
  readonly reactions: Reaction[];
  readonly pull: Pull | undefined;
  title: string;
  body: string | null;
  updatedAt: Date;
  closed: { readonly at: Date; readonly by: Account; readonly reason: string | null } | undefined;
}

/** An issue that is a pull request. */
export type PullRequest = Issue & { readonly pull: Pull };

export interface Annotation {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly startColumn: number | null;
  readonly endColumn: number | null;
  readonly level: string;
  readonly message: string;
  readonly title: string | null;
  readonly rawDetails: string | null;
}

export interface CheckSuite {
  readonly id: number;
  readonly app: App;
  readonly sha: string;
  readonly branch: string | null;
  readonly createdAt: Date;
  readonly runs: CheckRun[];
}

export interface CheckRun {
  readonly id: number;
  readonly suite: CheckSuite;
  readonly name: string;
  readonly annotations: Annotation[];
  readonly startedAt: Date;
  externalId: string;
  detailsUrl: string | undefined;
  status: string;
  conclusion: string | null;
  completedAt: Date | undefined;
  output: { title: string | null; summary: string | null; text: string | null };
}

export interface Status {
  readonly id: number;
  readonly sha: string;
  readonly context: string;
  readonly state: string;
  readonly description: string | null;
  readonly targetUrl: string | null;
  readonly creator: Account;
  readonly createdAt: Date;
}

export interface DeploymentStatus {
  readonly id: number;
  readonly state: string;
  readonly creator: Account;
  readonly app: App | undefined;
  readonly description: string;
  readonly environment: string;
  readonly environmentUrl: string;
  readonly logUrl: string;
  readonly createdAt: Date;
}

export interface Deployment {
  readonly id: number;
  readonly sha: string;
  readonly ref: string;
  readonly task: string;
  readonly payload: string;
  readonly environment: string;
  readonly description: string | null;
  readonly creator: Account;
  readonly app: App | undefined;
  readonly createdAt: Date;
  readonly transient: boolean;
  readonly production: boolean;
  readonly statuses: DeploymentStatus[];
}

/** A run of a workflow, in its newest attempt. */
export interface WorkflowRun {
  readonly id: number;
  /** Counted per workflow. */
  readonly number: number;
  /** The file in .github/workflows. */
  readonly workflow: string;
  readonly event: string;
  readonly sha: string;
  readonly branch: string | null;
  /** The fork, for a pull request of one. */
  readonly headRepository: Repository;
  readonly actor: Account;
  readonly createdAt: Date;
  readonly artifacts: Artifact[];
  attempt: number;
  startedAt: Date;
  updatedAt: Date;
  status: string;
  conclusion: string | null;
}

/** What a run has uploaded. Never changed: another upload is another artifact. */
export interface Artifact {
  readonly id: number;
  readonly name: string;
  readonly zip: Buffer;
  readonly createdAt: Date;
  expired: boolean;
}

/** One entry of a repository's record of pushes. */
export interface Activity {
  readonly id: number;
  readonly ref: string;
  readonly before: string;
  readonly after: string;
  readonly at: Date;
  readonly actor: Account;
  readonly kind: string;
}

/** A deployment environment with its protection rules. */
export interface Environment {
  readonly id: number;
  readonly name: string;
  /** Logins and teams. */
  readonly reviewers?: readonly (string | Team)[];
  readonly preventSelfReview?: boolean;
  /** In minutes. */
  readonly waitTimer?: number;
  /** Which branches deploy to it; undefined: all. */
  readonly branches?: "protected" | "custom" | undefined;
  /** With `custom`. */
  readonly patterns?: readonly string[];
  /** Slugs of the Apps with a rule of their own: each is on or off. */
  readonly apps?: Readonly<Record<string, boolean>>;
}

export interface Repository {
  readonly id: number;
  readonly owner: Account;
  readonly name: string;
  readonly createdAt: Date;
  /** Set on a fork; it shares the object store of its parent, as on GitHub. */
  readonly parent: Repository | undefined;
  readonly objects: ObjectStore;
  /** `refs/heads/main` → commit or, for an annotated tag, tag object. */
  readonly refs: Map<string, string>;
  readonly collaborators: Map<string, Role>;
  /** Names of custom roles by login; the collaborator's role is the one it is based on. */
  readonly customRoles: Map<string, string>;
  /** Newest first. */
  readonly activity: Activity[];
  readonly labels: Map<string, Label>;
  readonly issues: Issue[];
  readonly suites: CheckSuite[];
  readonly statuses: Status[];
  readonly deployments: Deployment[];
  readonly workflowRuns: WorkflowRun[];
  readonly environments: Environment[];
  /** Names of branches with protection. */
  readonly protectedBranches: Set<string>;
  /** Sigstore bundles by `sha256:…`. */
  readonly attestations: Map<string, (JsonObject | null)[]>;
  private: boolean;
  archived: boolean;
  description: string | null;
  defaultBranch: string;
  pushedAt: Date;
}
