/**
 * Which artifact is a commit's code: that of the newest run of the workflow which the default branch's settings name. An artifact's name
 * alone says nothing, because every workflow of the repository can upload one under it. Pure.
 */
import { shortSha } from "../../text/sha.ts";
import { inWords } from "../../text/words.ts";

/** A workflow run: https://docs.github.com/en/rest/actions/workflow-runs. */
export interface WorkflowRun {
  readonly id: number;
  /** Counted per workflow: run 57. */
  readonly number: number;
  /** Counted per run: each "Re-run" is one. */
  readonly attempt: number;
  /** `.github/workflows/build.yml`, perhaps with `@` and a ref. */
  readonly path: string;
  readonly headSha: string;
  /** The repository whose branch was built; undefined for a fork that is gone. */
  readonly headRepositoryId: number | undefined;
  /** `queued`, `in_progress`, `completed`, … */
  readonly status: string;
  /** `success`, `failure`, `cancelled`, …; undefined while it runs. */
  readonly conclusion: string | undefined;
  /** When its newest attempt began, in milliseconds. */
  readonly startedAt: number;
}

/** An artifact: https://docs.github.com/en/rest/actions/artifacts. */
export interface ArtifactFact {
  readonly id: number;
  readonly name: string;
  readonly bytes: number;
  /** `sha256:…`; undefined for those of upload-artifact 3 and older. */
  readonly digest: string | undefined;
  readonly expired: boolean;
  readonly createdAt: number;
  readonly headSha: string;
  readonly headRepositoryId: number | undefined;
}

export interface WantedBuild {
  /** The file's name in .github/workflows. */
  readonly workflow: string;
  readonly sha: string;
  /** Whose branch the commit is of: the repository, or the fork of a pull request. */
  readonly headRepositoryId: number;
  /** The run that asks: its artifacts count while it is under way. */
  readonly ownRun?: number | undefined;
}

/** Why there is no artifact. Which codes a run that ends may change says bot/stacks/built.ts. */
export interface Missing {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

export type Choice<Chosen> = { readonly found: Chosen } | { readonly missing: Missing };

export function nameOfRun({ number }: Pick<WorkflowRun, "number">, workflow: string): string {
  return `run ${number} of ${workflow}`;
}

/** The newest run of the workflow for the commit, if it has succeeded. */
export function chooseRun(wanted: WantedBuild, runs: readonly WorkflowRun[]): Choice<WorkflowRun> {
  const { workflow, sha, headRepositoryId, ownRun } = wanted;
  const ofCommit = runs.filter((run) => run.headSha === sha);
  const ofWorkflow = ofCommit.filter((run) => fileOf(run) === workflow);
  const own = ofWorkflow.filter((run) => run.headRepositoryId === headRepositoryId);
  const newest = [...own].sort((one, other) => other.number - one.number)[0];
  const short = shortSha(sha);
  if (newest === undefined) {
    if (ofWorkflow.length > 0) return missing(foreignRun(wanted, ofWorkflow));
    return missing(ofCommit.length > 0 ? otherWorkflow(wanted, ofCommit) : noRun(wanted));
  }
  if (newest.id === ownRun) return { found: newest };
  const run = nameOfRun(newest, workflow);
  if (newest.status !== "completed")
    return missing({
      code: "CODE_NOT_BUILT",
      message: `${short} is not built yet: ${run} is under way (${newest.status.replaceAll("_", " ")})`,
      hint: `Wait for ${run} to end.`,
    });
  if (newest.conclusion !== "success")
    return missing({
      code: "CODE_BUILD_FAILED",
      message: `${run} for ${short} ended with ${newest.conclusion ?? "no conclusion"}`,
      hint: "Look at the run's log, then push the correction or run the workflow again.",
    });
  return { found: newest };
}

/** The artifact of that name in a run. `artifacts` are all of the run's, those of earlier attempts among them. */
export function chooseArtifact(
  wanted: WantedBuild,
  run: WorkflowRun,
  artifacts: readonly ArtifactFact[],
  name: string,
): Choice<ArtifactFact> {
  const from = nameOfRun(run, wanted.workflow);
  const named = artifacts.filter((artifact) => artifact.name === name);
  const own = named.filter(
    ({ headSha, headRepositoryId }) => headSha === wanted.sha && headRepositoryId === wanted.headRepositoryId,
  );
  if (named.length === 0)
    return missing({
      code: "CODE_ARTIFACT_MISSING",
      message: `${from} has no artifact ${JSON.stringify(name)}`,
      hint:
        artifacts.length === 0
          ? `It has none at all: upload the code with actions/upload-artifact and \`name: ${name}\`.`
          : `It has ${inWords([...new Set(artifacts.map((one) => one.name))].sort().slice(0, 10), "and")}: correct Code.Artifact, or the \`name\` in ${wanted.workflow}.`,
    });
  // What the newest attempt uploaded takes the place of what earlier ones did; a rerun of failed jobs keeps the others' artifacts.
  const fresh = own.filter(({ createdAt }) => createdAt >= run.startedAt);
  const [artifact, another] = fresh.length > 0 ? fresh : own;
  if (artifact === undefined)
    return missing({
      code: "CODE_ARTIFACT_FOREIGN",
      message: `the artifact ${JSON.stringify(name)} of ${from} says that it was built from another repository or commit`,
      hint: "It is not taken. Run the workflow again for this commit.",
    });
  if (another !== undefined)
    return missing({
      code: "CODE_ARTIFACT_AMBIGUOUS",
      message: `${from} has ${own.length} artifacts ${JSON.stringify(name)}`,
      hint: "Upload each under a name of its own, or run all jobs of the workflow again.",
    });
  if (artifact.expired)
    return missing({
      code: "CODE_ARTIFACT_EXPIRED",
      message: `the artifact ${JSON.stringify(name)} of ${from} has expired`,
      hint: 'Run all jobs of that run again ("Re-run all jobs"), and raise `retention-days` of actions/upload-artifact.',
    });
  return { found: artifact };
}

function missing(why: Missing): { readonly missing: Missing } {
  return { missing: why };
}

function fileOf({ path }: WorkflowRun): string {
  return path.replace(/@.*$/s, "").replace(/^\.github\/workflows\//, "");
}

function noRun({ workflow, sha }: WantedBuild): Missing {
  return {
    code: "CODE_NOT_BUILT",
    message: `${shortSha(sha)} is not built yet: it has no run of ${workflow}`,
    hint: `Wait for it to begin; if it does not, look whether ${workflow} runs on pull_request and on push, without \`paths\`.`,
  };
}

function otherWorkflow({ workflow, sha }: WantedBuild, runs: readonly WorkflowRun[]): Missing {
  const others = [...new Set(runs.map(fileOf))].sort().slice(0, 10);
  return {
    code: "CODE_WORKFLOW_OTHER",
    message: `${shortSha(sha)} has runs of ${inWords(others, "and")}, but none of ${workflow}`,
    hint: `Only ${workflow} counts, which \`code.workflow\` of .github/gatewright.yml names. Wait for its run, or correct the name on the default branch.`,
  };
}

function foreignRun({ workflow, sha }: WantedBuild, runs: readonly WorkflowRun[]): Missing {
  return {
    code: "CODE_ARTIFACT_FOREIGN",
    message: `${nameOfRun(runs[0] ?? { number: 0 }, workflow)} built ${shortSha(sha)} in another repository, a fork`,
    hint: "A fork's artifacts are taken for a plan of the fork's own pull request only. Push the commit to a branch of this repository.",
  };
}
