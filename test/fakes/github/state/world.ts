import { randomBytes } from "node:crypto";
import type {
  Account,
  App,
  Installation,
  Issue,
  Permissions,
  PullRequest,
  Repository,
  Team,
} from "./types.ts";
import type { WebhookEvent } from "../hooks/event.ts";

/** What a request's credential stands for. */
export type Token =
  | {
      readonly kind: "installation";
      readonly installation: Installation;
      readonly permissions: Permissions;
      readonly repositories: "all" | ReadonlySet<number>;
      readonly expiresAt: Date;
    }
  | { readonly kind: "user"; readonly account: Account }
  | {
      readonly kind: "user-to-server";
      readonly account: Account;
      readonly app: App;
      readonly expiresAt: Date;
    };

/** Everything the fake knows. Functions of `state/`, `changes/` and `views/` take it as their first argument. */
export interface World {
  /** Where the API and the pages are, without a slash at the end; set when the server listens. */
  readonly urls: { api: string; html: string };
  readonly now: () => Date;
  /** The next id: one sequence for everything, so that no two things share one by accident. */
  readonly nextId: () => number;
  readonly accounts: Map<string, Account>;
  readonly members: Map<string, Map<string, "admin" | "member">>;
  readonly teams: Team[];
  readonly apps: App[];
  readonly installations: Installation[];
  readonly repositories: Repository[];
  readonly tokens: Map<string, Token>;
  readonly emit: (event: WebhookEvent) => void;
  /** GitHub's own limits; a test lowers one to meet it without making a hundred thousand files. */
  readonly limits: { treeEntries: number; pullFiles: number };
}

/** An empty GitHub. */
export function createWorld(options: { now: () => Date; emit: (event: WebhookEvent) => void }): World {
  let id = 1_000_000;
  return {
    urls: { api: "http://localhost", html: "http://localhost" },
    now: options.now,
    nextId: () => ++id,
    accounts: new Map(),
    members: new Map(),
    teams: [],
    apps: [],
    installations: [],
    repositories: [],
    tokens: new Map(),
    emit: options.emit,
    limits: { treeEntries: 100_000, pullFiles: 3000 },
  };
}

/** A secret that looks like GitHub's: the prefix says its kind. */
export function secret(prefix: string): string {
  return prefix + randomBytes(27).toString("base64url").replaceAll(/[-_]/g, "0").slice(0, 36);
}

/** The account called `login`, made as a person when there is none. Logins ignore case. */
export function account(world: World, login: string, type: Account["type"] = "User"): Account {
  const known = world.accounts.get(login.toLowerCase());
  if (known) return known;
  const made: Account = { id: world.nextId(), login, type, createdAt: world.now(), name: null };
  world.accounts.set(login.toLowerCase(), made);
  return made;
}

/** `owner/name`. */
export function fullName(repository: Repository): string {
  return `${repository.owner.login}/${repository.name}`;
}

/** The repository of that full name. */
export function repositoryNamed(world: World, name: string): Repository | undefined {
  const wanted = name.toLowerCase();
  return world.repositories.find((repository) => fullName(repository).toLowerCase() === wanted);
}

/** Whether an issue is a pull request. */
export function isPull(issue: Issue | undefined): issue is PullRequest {
  return issue?.pull !== undefined;
}

/** The open pull requests whose head or base is this branch. */
export function openPulls(world: World, repository: Repository, branch: string): PullRequest[] {
  const open = world.repositories
    .flatMap((each) => each.issues.filter(isPull))
    .filter((pull) => !pull.closed);
  return open.filter(
    ({ pull, repository: target }) =>
      (pull.head.repository === repository && pull.head.ref === branch) ||
      (target === repository && pull.base.ref === branch),
  );
}
