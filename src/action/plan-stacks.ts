/** Plans every stack in the job. A stack that cannot be planned does not stop the others. */
import { glob, realpath } from "node:fs/promises";
import { join, sep } from "node:path";
import type { ConnectedAws } from "../aws/connect.ts";
import { sourceOf } from "../aws/tags.ts";
import { translate } from "../aws/errors.ts";
import { planStack } from "../engine/plan-stack.ts";
import type { StackOptions } from "../engine/stack.ts";
import { userErrors } from "../model/errors.ts";
import { commitArtifacts } from "../github/built/commit.ts";
import type { GitHub } from "../github/client.ts";
import { branchHead, type RunFacts } from "../github/pull-request.ts";
import { specClient } from "../github/files.ts";
import type { Job } from "./stage-settings.ts";
import { logLine } from "../text/escape.ts";
import type { StackPlan } from "../report/report.ts";
import { type BuiltCode, codeOfArtifacts, codeOfFolder } from "../source/built-code.ts";
import { createGitHubSource } from "../source/github-source.ts";
import { createLocalSource } from "../source/local-source.ts";
import { mapLimited } from "../source/map-limited.ts";
import type { SpecSource } from "../source/source.ts";
import { specDirectories } from "../source/spec-directories.ts";
import { trackedIn, untrackedText } from "../source/tracked.ts";
import { stackDirectories } from "./directories.ts";
import { logBug, logText } from "./log.ts";
import type { Workflow } from "./log.ts";

/** Each stack needs a sandbox, and all share one request budget: more at once would not be faster. */
const SIDE_BY_SIDE = 4;

export interface Planners {
  readonly job: Job;
  readonly run: RunFacts;
  readonly github: GitHub | undefined;
  readonly aws: ConnectedAws;
  readonly workflow: Pick<Workflow, "info" | "notice" | "warning">;
}

/** One result per stack, in the order of the directories. */
export async function planStacks(planners: Planners): Promise<readonly StackPlan[]> {
  const { job, run, github, workflow } = planners;
  const commit = (sha: string): SpecSource | undefined =>
    github === undefined || sha === ""
      ? undefined
      : createGitHubSource({ repository: `${run.owner}/${run.repo}`, sha, reader: specClient(github, run) });
  const remote = job.source === "api" ? commit(run.sha) : undefined;
  const source = remote ?? workingCopy(planners);
  const directories = await stackDirectories(job.directories, () =>
    remote === undefined ? localSpecs(run.workspace, job) : remoteSpecs(remote, job.spec),
  );
  logText(
    workflow,
    `Planning ${directories.join(", ")} (stage ${job.stage}, ${job.region}, ${source.description})`,
  );
  const base = await readableBase(planners, commit);
  const built = builtCode(planners);
  return mapLimited(directories, SIDE_BY_SIDE, (directory) =>
    planOne({ ...stackOptions(job), ...ownerOf(run, directory), source, base, built, directory }, planners),
  );
}

/** A folder of this job, or what the workflow has built of the commit. */
function builtCode({ run, job, github }: Planners): BuiltCode | undefined {
  const { code, codeFolder } = job;
  if (codeFolder !== undefined) {
    const source = createLocalSource(join(run.workspace, codeFolder), { untracked: true });
    return codeOfFolder(codeFolder, source);
  }
  if (code === undefined || github === undefined || run.repositoryId === undefined) return undefined;
  const { owner, repo, repositoryId, sha, runId: ownRun } = run;
  return codeOfArtifacts(
    commitArtifacts(github.request, {
      place: { owner, repo },
      repositoryId,
      code,
      sha,
      ownRun,
      fetch: github.fetch,
    }),
  );
}

function stackOptions({ stage, region, adopt, values }: Job): Omit<StackOptions, "source" | "directory"> {
  return { ...values, stage, region, adopt };
}

/** The same owner that the bot writes, so that both make the same plan. */
function ownerOf({ repositoryId }: RunFacts, directory: string): Pick<StackOptions, "ownedBy"> {
  return repositoryId === undefined ? {} : { ownedBy: sourceOf(repositoryId, directory) };
}

async function planOne(options: StackOptions, { aws, workflow }: Planners): Promise<StackPlan> {
  const { directory } = options;
  try {
    const printed = (line: string): void => workflow.info(logLine(`${directory}: the spec says: ${line}`));
    const { plan } = await planStack({ ...options, onConsole: printed }, aws);
    return { directory, plan };
  } catch (error) {
    const shown = translate(error);
    const known = userErrors(shown);
    if (known !== undefined) return { directory, errors: known };
    logBug(workflow, shown);
    const message = shown instanceof Error ? `${shown.name}: ${shown.message}` : String(shown);
    const hint = "This is a bug in Gatewright: please report it with the run's log.";
    return { directory, errors: [{ code: "INTERNAL", message, hint }] };
  }
}

/** Without the base's spec, a plan may miss resources removed from the spec. Writes a notice in that case. */
async function readableBase(
  { run, github, workflow }: Planners,
  commit: (sha: string) => SpecSource | undefined,
): Promise<SpecSource | undefined> {
  if (github === undefined) return undefined;
  try {
    const { baseSha, baseBranch } = run;
    const sha = baseSha ?? (baseBranch === undefined ? undefined : await branchHead(github, run, baseBranch));
    const base = sha === undefined ? undefined : commit(sha);
    await base?.list("");
    return base;
  } catch (error) {
    const [known] = userErrors(error) ?? [];
    if (known === undefined) throw error;
    workflow.notice(
      `The base branch could not be read (${known.message}). Resources removed from the spec are found only if they are tagged or ` +
        "referred to, and drift is not reported. Give the job `permissions: contents: read`.",
      { title: "BASE_UNREADABLE" },
    );
    return undefined;
  }
}

function workingCopy({ run, job, workflow }: Planners): SpecSource {
  return createLocalSource(run.workspace, {
    untracked: job.untracked,
    onUntracked: (paths) => workflow.warning(untrackedText(paths), { title: "SOURCE_UNTRACKED" }),
  });
}

async function localSpecs(
  workspace: string,
  { spec, untracked }: Pick<Job, "spec" | "untracked">,
): Promise<readonly string[]> {
  const tracked = untracked ? undefined : await trackedIn(await realpath(workspace));
  const files: string[] = [];
  const exclude = (path: string): boolean => /(^|[\\/])(node_modules|\.git)$/.test(path);
  for await (const file of glob("**/*.{js,mjs,cjs,ts,mts,cts}", { cwd: workspace, exclude }))
    files.push(file.split(sep).join("/"));
  return specDirectories(
    files.filter((file) => tracked?.named(file) !== false),
    spec,
  );
}

async function remoteSpecs(source: SpecSource, spec: string | undefined): Promise<readonly string[]> {
  const files = await source.list("");
  return specDirectories(
    files.map(({ path }) => path),
    spec,
  );
}
