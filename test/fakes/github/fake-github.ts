import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { createRun, createStatus, requestAction, updateRun } from "./changes/checks.ts";
import {
  endWorkflowRun,
  rerunWorkflow,
  startWorkflowRun,
  uploadArtifact,
  type WorkflowRunOptions,
} from "./changes/workflow-runs.ts";
import { createHooks, type Hooks } from "./hooks/deliver.ts";
import { createFaults, type Faults } from "./http/faults.ts";
import { createHttp, type Recorded } from "./http/server.ts";
import type { JsonObject } from "./json.ts";
import { openPage } from "./pages/pages.ts";
import { type Person, personOf } from "./person.ts";
import { operations } from "./routes/routes.ts";
import * as installations from "./installations.ts";
import * as setUp from "./set-up.ts";
import { createSignIn, type SignIn } from "./state/sign-in.ts";
import type {
  Environment,
  App,
  Artifact,
  CheckRun,
  Installation,
  Permissions,
  Repository,
  Role,
  Team,
  WorkflowRun,
} from "./state/types.ts";
import { account, createWorld, fullName, repositoryNamed, type World } from "./state/world.ts";

export interface FakeGitHubOptions {
  /** Default: a free one. */
  readonly port?: number;
  readonly host?: string;
  /** `/api/v3` makes the addresses inside answers those of GitHub Enterprise Server. Both are served always. */
  readonly apiPrefix?: "" | "/api/v3";
  readonly now?: () => Date;
}

/** A GitHub of one's own. State changes through people, through Apps' requests, and through set-up. */
export interface FakeGitHub {
  readonly world: World;
  readonly faults: Faults;
  readonly hooks: Hooks;
  readonly signIn: SignIn;
  readonly requests: Recorded[];
  /** What was not as GitHub describes it. Tests assert that it is empty. */
  readonly violations: string[];
  /** New pull requests answer `mergeable: null` to so many reads. */
  mergeableUnknownReads: number;
  listen(): Promise<{ readonly url: string; readonly apiUrl: string }>;
  close(): Promise<void>;
  /** No webhook is under way any more. */
  idle(): Promise<void>;
  /**
   * Waits until `check` finds something and answers it: what a bot does after it answered a webhook. Fails
   * after `timeoutMs` with the last requests, or at once when something was not as GitHub describes it.
   */
  until<T>(what: string, check: () => T | undefined | false, timeoutMs?: number): Promise<T>;
  repository(name: string, options?: setUp.RepositoryOptions): Repository;
  fork(repository: Repository, login: string): Repository;
  person(login: string): Person;
  organization(login: string, members: Readonly<Record<string, "admin" | "member">>): void;
  team(
    organization: string,
    slug: string,
    it: { members: readonly string[]; repositories?: ReadonlyMap<Repository, Role> },
  ): Team;
  app(options: setUp.AppOptions): App;
  install(app: App, owner: string, repositories?: "all" | readonly Repository[]): Installation;
  /** Changes the repositories an installation is for. */
  select(installation: Installation, repositories: readonly Repository[]): void;
  suspend(installation: Installation, suspended?: boolean): void;
  uninstall(installation: Installation): void;
  /** A `GITHUB_TOKEN`. */
  actionsToken(repository: Repository, permissions?: Permissions): string;
  /** A check run of an App, or else of the repository's workflows; without a conclusion while it runs. */
  check(repository: Repository, sha: string, name: string, conclusion?: string, by?: App): CheckRun;
  completeCheck(repository: Repository, run: CheckRun, conclusion: string): void;
  /** A run of a workflow with what it uploads, under way or ended. */
  workflowRun(repository: Repository, options: WorkflowRunOptions): WorkflowRun;
  endWorkflowRun(repository: Repository, run: WorkflowRun, conclusion: string): void;
  rerunWorkflow(repository: Repository, run: WorkflowRun): void;
  upload(run: WorkflowRun, name: string, files: Readonly<Record<string, string | Uint8Array>>): Artifact;
  /** Keeps a Sigstore bundle under the digest of what it attests, `sha256:…`. */
  attest(repository: Repository, digest: string, bundle: JsonObject | null): void;
  /** Protects an environment. */
  environment(repository: Repository, it: Omit<Environment, "id">): Environment;
  /** A commit status by somebody's classic CI. */
  status(repository: Repository, sha: string, context: string, state: string, by?: string): void;
  /** Somebody presses a button of a check run. */
  requestAction(repository: Repository, run: CheckRun, identifier: string, by: string): void;
}

async function until<T>(
  fake: FakeGitHub,
  what: string,
  check: () => T | undefined | false,
  timeoutMs: number,
): Promise<T> {
  for (const end = Date.now() + timeoutMs; ; await sleep(10)) {
    const found = check();
    if (found !== undefined && found !== false) return found;
    const late = Date.now() > end;
    if (!late && fake.violations.length === 0) continue;
    const requests = fake.requests
      .slice(-10)
      .map(({ method, path, status }) => `  ${method} ${path} ${status}`);
    const reason = late
      ? `not within ${timeoutMs} ms: ${what}`
      : `waiting for ${what}: ${fake.violations.join("; ")}`;
    throw new Error([reason, "the last requests:", ...requests].join("\n"));
  }
}

/** Makes a fake GitHub. `listen` before anything else: addresses are part of what it tells. */
export function createFakeGitHub(options: FakeGitHubOptions = {}): FakeGitHub {
  const violations: string[] = [];
  const requests: Recorded[] = [];
  const faults = createFaults();
  const signIn = createSignIn();
  const now = options.now ?? (() => new Date());
  const violation = (message: string): void => {
    violations.push(message);
  };
  const hooks: Hooks = createHooks(() => world, violation);
  const world: World = createWorld({ now, emit: (event) => hooks.emit(event) });
  const server: Server = createHttp({
    world,
    operations,
    faults,
    requests,
    violation,
    context: { deliveries: hooks.deliveries, redeliver: hooks.redeliver, signIn },
    page: (request) => openPage(world, signIn, request),
  });

  const fake: FakeGitHub = {
    world,
    faults,
    hooks,
    signIn,
    requests,
    violations,
    mergeableUnknownReads: 0,
    listen: async () => {
      const host = options.host ?? "127.0.0.1";
      await new Promise<void>((resolve, reject) => {
        server.once("error", reject);
        server.listen(options.port ?? 0, host, resolve);
      });
      const { port } = server.address() as AddressInfo;
      world.urls.html = `http://${host}:${port}`;
      world.urls.api = `${world.urls.html}${options.apiPrefix ?? ""}`;
      return { url: world.urls.html, apiUrl: world.urls.api };
    },
    close: async () => {
      await hooks.idle();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
    idle: () => hooks.idle(),
    until: (what, check, timeoutMs = 10_000) => until(fake, what, check, timeoutMs),
    repository: (name, it) => repositoryNamed(world, name) ?? setUp.addRepository(world, name, it),
    fork: (repository, login) => setUp.addFork(world, repository, account(world, login)),
    person: (login) => personOf(world, account(world, login), () => fake.mergeableUnknownReads),
    organization: (login, members) => {
      account(world, login, "Organization");
      for (const who of Object.keys(members)) account(world, who);
      world.members.set(
        login.toLowerCase(),
        new Map(Object.entries(members).map(([who, role]) => [who.toLowerCase(), role])),
      );
    },
    team: (organization, slug, it) =>
      setUp.addTeam(world, account(world, organization, "Organization"), slug, it),
    app: (it) => setUp.addApp(world, it),
    install: (app, owner, repositories) =>
      installations.addInstallation(world, app, account(world, owner), repositories),
    select: (installation, repositories) =>
      installations.setInstallationRepositories(world, installation, repositories),
    suspend: (installation, suspended = true) =>
      installations.suspendInstallation(world, installation, suspended),
    uninstall: (installation) => installations.removeInstallation(world, installation),
    actionsToken: (repository, permissions) => setUp.actionsToken(world, repository, permissions),
    check: (repository, sha, name, conclusion, app = setUp.actionsApp(world)) => {
      const detailsUrl = `${world.urls.html}/${fullName(repository)}/actions/runs/1`;
      return createRun(world, app.bot, app, repository, {
        name,
        sha,
        conclusion,
        status: "in_progress",
        detailsUrl,
      });
    },
    completeCheck: (repository, run, conclusion) =>
      updateRun(world, run.suite.app.bot, repository, run, { conclusion }),
    workflowRun: (repository, it) => startWorkflowRun(world, repository, it),
    endWorkflowRun: (repository, run, conclusion) => endWorkflowRun(world, repository, run, conclusion),
    rerunWorkflow: (repository, run) => rerunWorkflow(world, repository, run),
    upload: (run, name, files) => uploadArtifact(world, run, name, files),
    attest: (repository, digest, bundle) => {
      repository.attestations.set(digest, [...(repository.attestations.get(digest) ?? []), bundle]);
    },
    environment: (repository, it) => {
      const environment = { ...it, id: world.nextId() };
      repository.environments.push(environment);
      return environment;
    },
    status: (repository, sha, context, state, by = "ci") => {
      const it = { sha, context, state, description: null, targetUrl: null };
      createStatus(world, { account: account(world, by) }, repository, it);
    },
    requestAction: (repository, run, identifier, by) =>
      requestAction(world, { account: account(world, by) }, repository, run, identifier),
  };
  return fake;
}
