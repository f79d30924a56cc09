import { generateKeyPairSync } from "node:crypto";
import { type Files, commitFiles } from "./changes/push.ts";
import { objectStore } from "./state/objects.ts";
import type { Account, App, Permissions, Repository, Role, Team } from "./state/types.ts";
import { account, secret, type World } from "./state/world.ts";

export interface RepositoryOptions {
  /** Files of the first commit. An empty map makes a repository without any commit. */
  readonly files?: Files;
  readonly private?: boolean;
  readonly defaultBranch?: string;
  readonly description?: string;
  readonly collaborators?: Readonly<Record<string, Role>>;
}

/** Makes `owner/name`. The owner is an organization unless it is known as a person already. */
export function addRepository(world: World, name: string, options: RepositoryOptions = {}): Repository {
  const [login = "", repo = ""] = name.split("/");
  const branch = options.defaultBranch ?? "main";
  const repository: Repository = {
    id: world.nextId(),
    owner: account(world, login, "Organization"),
    name: repo,
    createdAt: world.now(),
    parent: undefined,
    objects: objectStore(),
    refs: new Map(),
    collaborators: new Map(),
    customRoles: new Map(),
    activity: [],
    labels: new Map(),
    issues: [],
    suites: [],
    statuses: [],
    deployments: [],
    workflowRuns: [],
    environments: [],
    protectedBranches: new Set(),
    attestations: new Map(),
    private: options.private ?? false,
    archived: false,
    description: options.description ?? null,
    defaultBranch: branch,
    pushedAt: world.now(),
  };
  for (const [who, role] of Object.entries(options.collaborators ?? {}))
    repository.collaborators.set(account(world, who).login.toLowerCase(), role);
  world.repositories.push(repository);
  const files = options.files ?? { "README.md": `# ${repo}\n` };
  if (Object.keys(files).length > 0) {
    const sha = commitFiles(world, repository.owner, repository, undefined, {
      files,
      message: "First commit",
    });
    repository.refs.set(`refs/heads/${branch}`, sha);
  }
  return repository;
}

/** Forks a repository to somebody's account. */
export function addFork(world: World, parent: Repository, owner: Account): Repository {
  const { id: _, ...rest } = parent;
  const fork: Repository = {
    ...rest,
    id: world.nextId(),
    owner,
    parent,
    createdAt: world.now(),
    refs: new Map([...parent.refs].filter(([ref]) => ref.startsWith("refs/heads/"))),
    collaborators: new Map(),
    customRoles: new Map(),
    activity: [],
    labels: new Map(),
    issues: [],
    suites: [],
    statuses: [],
    deployments: [],
    workflowRuns: [],
    environments: [],
    protectedBranches: new Set(),
    attestations: new Map(),
  };
  world.repositories.push(fork);
  return fork;
}

export interface AppOptions {
  readonly slug: string;
  readonly name?: string;
  readonly owner?: string;
  readonly id?: number;
  readonly permissions?: Permissions;
  readonly events?: readonly string[];
  readonly webhookUrl?: string;
  readonly webhookSecret?: string;
  /** PEM; without it a pair is made. `null`: JWT signatures are not checked. */
  readonly publicKey?: string | null;
}

let pair: { publicKey: string; privateKey: string } | undefined;

/** One key pair for all Apps of a process: making one takes a while and their secrecy is not the point. */
function keys(): { publicKey: string; privateKey: string } {
  pair ??= generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs1", format: "pem" },
  });
  return pair;
}

/** Registers a GitHub App. */
export function addApp(world: World, options: AppOptions): App {
  const made = options.publicKey === undefined ? keys() : undefined;
  const id = options.id ?? world.nextId();
  const app: App = {
    id,
    slug: options.slug,
    clientId: `Iv23li${id}`,
    clientSecret: secret(""),
    owner: account(world, options.owner ?? "app-owner"),
    bot: account(world, `${options.slug}[bot]`, "Bot"),
    createdAt: world.now(),
    publicKey: made?.publicKey ?? options.publicKey ?? undefined,
    privateKey: made?.privateKey,
    name: options.name ?? options.slug,
    permissions: options.permissions ?? {},
    events: options.events ?? [],
    webhook: { url: options.webhookUrl, secret: options.webhookSecret },
  };
  world.apps.push(app);
  return app;
}

/** Adds a team of an organization, with its members and what it may do where. */
export function addTeam(
  world: World,
  organization: Account,
  slug: string,
  it: { readonly members: readonly string[]; readonly repositories?: ReadonlyMap<Repository, Role> },
): Team {
  const everybody =
    world.members.get(organization.login.toLowerCase()) ?? new Map<string, "admin" | "member">();
  world.members.set(organization.login.toLowerCase(), everybody);
  for (const login of it.members)
    if (!everybody.has(login.toLowerCase()))
      everybody.set(account(world, login).login.toLowerCase(), "member");
  const team: Team = {
    id: world.nextId(),
    slug,
    name: slug,
    organization,
    members: new Map(it.members.map((login) => [login.toLowerCase(), "member"])),
    repositories: new Map([...(it.repositories ?? [])].map(([{ id }, role]) => [id, role])),
  };
  world.teams.push(team);
  return team;
}

/** What the `permissions:` of a workflow may name, at their widest. */
const everything: Permissions = {
  actions: "write",
  checks: "write",
  contents: "write",
  deployments: "write",
  issues: "write",
  pull_requests: "write",
  statuses: "write",
};

/** The App behind workflows' tokens, with GitHub's own id. */
export function actionsApp(world: World): App {
  const known = world.apps.find(({ slug }) => slug === "github-actions");
  if (known) return known;
  const app = addApp(world, {
    slug: "github-actions",
    name: "GitHub Actions",
    owner: "github",
    id: 15368,
    publicKey: null,
  });
  app.permissions = everything;
  return app;
}

/**
 * A workflow's `GITHUB_TOKEN` for one repository. `permissions` are those of the workflow; a pull request
 * from a fork has read-only ones, whatever the workflow says.
 */
export function actionsToken(
  world: World,
  repository: Repository,
  permissions: Permissions = everything,
): string {
  const app = actionsApp(world);
  const token = secret("ghs_");
  world.tokens.set(token, {
    kind: "installation",
    installation: {
      id: 0,
      app,
      account: repository.owner,
      createdAt: world.now(),
      repositories: new Set([repository.id]),
      permissions,
      suspendedAt: undefined,
    },
    permissions,
    repositories: "all",
    expiresAt: new Date(world.now().getTime() + 6 * 3_600_000),
  });
  return token;
}
