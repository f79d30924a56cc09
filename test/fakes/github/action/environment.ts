import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FakeGitHub } from "../fake-github.ts";
import type { JsonObject } from "../json.ts";
import type { Account, Comment, Permissions, PullRequest, Repository } from "../state/types.ts";
import { account, fullName } from "../state/world.ts";
import { checkout } from "./checkout.ts";
import { eventOf, type WorkflowEvent } from "./event.ts";

export interface ActionOptions {
  /** Default: `pull_request` for a pull request, `push` for a repository. */
  readonly event?: WorkflowEvent;
  readonly action?: string;
  readonly inputs?: Readonly<Record<string, string>>;
  /** The workflow's `permissions:`. Default: everything; read-only on `pull_request` from a fork, as on GitHub. */
  readonly permissions?: Permissions;
  /** For events of a repository: the branch it is about. */
  readonly branch?: string;
  /** For `issue_comment`. */
  readonly comment?: Comment;
  /** Who caused the event; default: the author of the pull request. */
  readonly actor?: string;
  /** Puts the event's commit into the workspace, as actions/checkout does. `head` takes the head of the pull request. */
  readonly checkout?: boolean | "head";
  /** More variables, `AWS_REGION` for example. They win. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Where a run happens and what it is told. */
export interface ActionEnvironment {
  readonly env: Readonly<Record<string, string>>;
  /** Holds everything of the run; delete it when done. */
  readonly directory: string;
  readonly workspace: string;
  /** The token in `INPUT_GITHUB-TOKEN`. */
  readonly token: string;
}

const readOnly: Permissions = {
  actions: "read",
  checks: "read",
  contents: "read",
  deployments: "read",
  issues: "read",
  pull_requests: "read",
  statuses: "read",
};

/** Spaces become underscores, the rest stays: the input `github-token` is `INPUT_GITHUB-TOKEN`. */
const inputVariable = (name: string): string => `INPUT_${name.replaceAll(" ", "_").toUpperCase()}`;

const isPullRequest = (subject: PullRequest | Repository): subject is PullRequest => "pull" in subject;

/** Creates the folders and files a runner hands to a step, and answers the variables that name them. */
function runnerFiles(directory: string, payload: JsonObject): Record<string, string> {
  const commands = join(directory, "_temp", "_runner_file_commands");
  const tools = join(directory, "_tool");
  for (const folder of [commands, tools]) mkdirSync(folder, { recursive: true });
  const file = (name: string): string => {
    const path = join(commands, name);
    writeFileSync(path, "");
    return path;
  };
  const event = join(directory, "_temp", "event.json");
  writeFileSync(event, JSON.stringify(payload, null, 2));
  return {
    GITHUB_EVENT_PATH: event,
    GITHUB_OUTPUT: file("set_output"),
    GITHUB_STEP_SUMMARY: file("step_summary"),
    GITHUB_ENV: file("set_env"),
    GITHUB_PATH: file("add_path"),
    GITHUB_STATE: file("save_state"),
    RUNNER_TEMP: join(directory, "_temp"),
    RUNNER_TOOL_CACHE: tools,
  };
}

/**
 * What GitHub's runner gives a step of a workflow: the variables, the event's file, the files for outputs
 * and summary, a workspace and a token. The subject is a pull request or, for events without one, a repository.
 */
export function actionEnvironment(
  fake: FakeGitHub,
  subject: PullRequest | Repository,
  options: ActionOptions = {},
): ActionEnvironment {
  const pull = isPullRequest(subject) ? subject : undefined;
  const repository = isPullRequest(subject) ? subject.repository : subject;
  const name = options.event ?? (pull ? "pull_request" : "push");
  const actor: Account = options.actor
    ? account(fake.world, options.actor)
    : (pull?.author ?? repository.owner);
  const event = eventOf(fake.world, { ...options, name, repository, pull, actor });
  const fork = name === "pull_request" && pull !== undefined && pull.pull.head.repository !== repository;
  const token = fake.actionsToken(repository, fork ? readOnly : options.permissions);
  const directory = mkdtempSync(join(tmpdir(), "fake-runner-"));
  const workspace = join(directory, repository.name, repository.name);
  mkdirSync(workspace, { recursive: true });
  const sha = options.checkout === "head" ? (pull?.pull.head.sha ?? event.sha) : event.sha;
  if (options.checkout) checkout(repository, sha, workspace);
  const inputs = { "github-token": token, ...options.inputs };
  const { api, html } = fake.world.urls;
  return {
    directory,
    workspace,
    token,
    env: {
      CI: "true",
      GITHUB_ACTIONS: "true",
      GITHUB_ACTION: "__self",
      GITHUB_ACTOR: actor.login,
      GITHUB_ACTOR_ID: String(actor.id),
      GITHUB_API_URL: api,
      GITHUB_BASE_REF: event.baseRef,
      GITHUB_EVENT_NAME: name,
      GITHUB_GRAPHQL_URL: `${api.replace(/\/v3$/, "")}/graphql`,
      GITHUB_HEAD_REF: event.headRef,
      GITHUB_JOB: "plan",
      GITHUB_REF: event.ref,
      GITHUB_REF_NAME: event.ref.replace(/^refs\/(heads|tags|pull)\//, ""),
      GITHUB_REF_PROTECTED: "false",
      GITHUB_REF_TYPE: "branch",
      GITHUB_REPOSITORY: fullName(repository),
      GITHUB_REPOSITORY_ID: String(repository.id),
      GITHUB_REPOSITORY_OWNER: repository.owner.login,
      GITHUB_REPOSITORY_OWNER_ID: String(repository.owner.id),
      GITHUB_RETENTION_DAYS: "90",
      GITHUB_RUN_ATTEMPT: "1",
      GITHUB_RUN_ID: String(fake.world.nextId()),
      GITHUB_RUN_NUMBER: "1",
      GITHUB_SERVER_URL: html,
      GITHUB_SHA: event.sha,
      GITHUB_TRIGGERING_ACTOR: actor.login,
      GITHUB_WORKFLOW: "gatewright",
      GITHUB_WORKFLOW_REF: `${fullName(repository)}/.github/workflows/gatewright.yml@${event.ref}`,
      GITHUB_WORKFLOW_SHA: event.sha,
      GITHUB_WORKSPACE: workspace,
      RUNNER_ARCH: "X64",
      RUNNER_ENVIRONMENT: "github-hosted",
      RUNNER_NAME: "fake",
      RUNNER_OS: "Linux",
      ...runnerFiles(directory, event.payload),
      ...Object.fromEntries(Object.entries(inputs).map(([input, value]) => [inputVariable(input), value])),
      ...options.env,
    },
  };
}
