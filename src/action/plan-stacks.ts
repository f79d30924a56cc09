/** Plans every stack in the job. A stack that cannot be planned does not stop the others. */
import { join } from "node:path";
import type { ConnectedAws } from "../aws/connect.ts";
import { sourceOf } from "../aws/tags.ts";
import { translate } from "../aws/errors.ts";
import { planDestroy, planToShow } from "../engine/plan-stack.ts";
import type { StackOptions } from "../engine/stack.ts";
import { userErrors } from "../model/errors.ts";
import type { AttestationPolicy } from "../github/attestation/attested.ts";
import type { TrustedRoots } from "../github/attestation/trusted-roots.ts";
import { commitArtifacts } from "../github/built/commit.ts";
import type { GitHub } from "../github/client.ts";
import type { RunFacts } from "../github/pull-request.ts";
import type { Job } from "./stage-settings.ts";
import { logLine } from "../text/escape.ts";
import type { StackPlan } from "../report/report.ts";
import { type BuiltCode, codeOfArtifacts, codeOfFolder } from "../source/built-code.ts";
import { createLocalSource } from "../source/local-source.ts";
import { mapLimited } from "../model/promises/map-limited.ts";
import type { SpecSource } from "../source/source.ts";
import type { FindSpecDirectories } from "../source/spec-directories.ts";
import { untrackedText } from "../source/tracked.ts";
import { localSpecs, remoteSpecs, stackDirectories } from "./directories.ts";
import { commitsOf, readableBase } from "./base.ts";
import { goneStacks } from "./gone.ts";
import { logBug, logText } from "./log.ts";
import type { Workflow } from "./log.ts";
import { once } from "../model/promises/once.ts";

/** Each stack needs a sandbox, and all share one request budget: more at once would not be faster. */
const SIDE_BY_SIDE = 4;

interface Planners {
  readonly job: Job;
  readonly run: RunFacts;
  readonly github: GitHub | undefined;
  readonly aws: ConnectedAws;
  readonly trustedRoots: TrustedRoots;
  readonly workflow: Pick<Workflow, "info" | "notice" | "setSecret" | "warning">;
}

/** One result per stack, in the order of the directories. */
export async function planStacks(planners: Planners): Promise<readonly StackPlan[]> {
  const { job, run, workflow } = planners;
  const commit = commitsOf(planners);
  const remote = job.source === "api" ? commit(run.sha) : undefined;
  const source = remote ?? workingCopy(planners);
  const find: FindSpecDirectories = once(() =>
    remote === undefined ? localSpecs(run.workspace, job) : remoteSpecs(remote, job.spec),
  );
  const base = await readableBase(planners, commit);
  const gone = base === undefined ? [] : await goneStacks(planners, { commit, base, find });
  const directories = await stackDirectories(job.directories, find, gone);
  logText(
    workflow,
    `Planning ${directories.join(", ")} (stage ${job.stage}, ${job.region}, ${source.description})`,
  );
  const built = builtCode(planners);
  return mapLimited(directories, SIDE_BY_SIDE, (directory) => {
    const options = { ...stackOptions(job), ...ownerOf(run, directory), directory };
    if (base !== undefined && gone.includes(directory))
      return planOne({ ...options, source: base.source }, planners, true);
    const planned = planOne({ ...options, source, base: base?.source, built }, planners);
    return base === undefined ? planned.then(withoutBase) : planned;
  });
}

/** Where there is nothing to compare with, a spec that was removed is just not there. */
function withoutBase(stack: StackPlan): StackPlan {
  if (!("errors" in stack)) return stack;
  const errors = stack.errors.map((error) =>
    error.code === "SPEC_NOT_FOUND" ? { ...error, message: error.message, hint: removedHint(error) } : error,
  );
  return { ...stack, errors };
}

const removedHint = ({ hint = "" }: { readonly hint?: string | undefined }): string =>
  `${hint} A removed stack is planned as deleted where its removal shows: on a pull request, in a merge queue, or on the push itself.`.trim();

/** A folder of this job, or what the workflow has built of the commit. */
function builtCode(planners: Planners): BuiltCode | undefined {
  const { run, job, github } = planners;
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
      attestation: attestationOf(planners),
      fetch: github.fetch,
    }),
  );
}

/** A pull request into another branch than the stage's is planned for that one; the bot, which applies, looks at the stage's. */
function attestationOf({ run, job, trustedRoots: roots }: Planners): AttestationPolicy | undefined {
  const { attestation, signerWorkflow } = job;
  if (attestation === "off") return undefined;
  const branch = run.pullRequest?.baseRef || (job.branch ?? run.defaultBranch);
  return { serverUrl: run.serverUrl, hosted: attestation === "github-hosted", signerWorkflow, roots, branch };
}

function stackOptions({ stage, region, adopt, values }: Job): Omit<StackOptions, "source" | "directory"> {
  return { ...values, stage, region, adopt };
}

/** The same owner that the bot writes, so that both make the same plan. */
function ownerOf({ repositoryId }: RunFacts, directory: string): Pick<StackOptions, "ownedBy"> {
  return repositoryId === undefined ? {} : { ownedBy: sourceOf(repositoryId, directory) };
}

/** @param gone the source is the base's, and all of the stack is to be deleted */
async function planOne(options: StackOptions, { aws, workflow }: Planners, gone = false): Promise<StackPlan> {
  const { directory } = options;
  try {
    const printed = (line: string): void => workflow.info(logLine(`${directory}: the spec says: ${line}`));
    const onSecret = (value: string): void => workflow.setSecret(value);
    const told = { ...options, onConsole: printed, onSecret };
    const { plan } = await (gone ? planDestroy : planToShow)(told, aws);
    return { directory, plan, ...(gone ? { gone } : {}) };
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

function workingCopy({ run, job, workflow }: Planners): SpecSource {
  return createLocalSource(run.workspace, {
    untracked: job.untracked,
    onUntracked: (paths) => workflow.warning(untrackedText(paths), { title: "SOURCE_UNTRACKED" }),
  });
}
