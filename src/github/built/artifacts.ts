/** The artifacts of a commit, read from GitHub: which one it is choose.ts decides, what GitHub says of its bytes is compared. */
import { createHash } from "node:crypto";
import { type Clock, systemClock } from "../../model/clock.ts";
import { fail, GatewrightError, reasonOf } from "../../model/errors.ts";
import type { ArtifactReader, RepositoryPlace } from "../../model/repository.ts";
import { retry } from "../../model/retry.ts";
import type { Fetch, GitHubRequest } from "../client.ts";
import { statusOf } from "../errors.ts";
import { at, number, numberOf, text, textOf } from "../json.ts";
import { type AttestationPolicy, type Unattested, unattested } from "../attestation/attested.ts";
import { allPages } from "../paging.ts";
import {
  type ArtifactFact,
  type Choice,
  chooseArtifact,
  chooseRun,
  type Missing,
  nameOfRun,
  type WantedBuild,
  type WorkflowRun,
} from "./choose.ts";
import { download, MOST_BYTES, refuseSize } from "./download.ts";
import { once } from "../../model/promises/once.ts";

export interface Built {
  readonly run: WorkflowRun;
  readonly artifact: ArtifactFact;
}

export interface Artifacts extends ArtifactReader {
  /** The run whose artifacts count. */
  run(): Promise<Choice<WorkflowRun>>;
  /** What is there, without its bytes. */
  find(artifact: string): Promise<Choice<Built>>;
}

interface ArtifactOptions {
  readonly place: RepositoryPlace;
  readonly wanted: WantedBuild;
  readonly repositoryId: number;
  /** Undefined: any artifact of the run counts. */
  readonly attestation?: AttestationPolicy | undefined;
  /** For the storage behind GitHub; default: Node's own. */
  readonly fetch?: Fetch | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly clock?: Clock | undefined;
  /** How long the storage may say nothing; for tests. */
  readonly silenceMs?: number | undefined;
}

/** Runs and artifacts are listed once; bytes are got each time they are asked for. */
export function artifactsOf(request: GitHubRequest, options: ArtifactOptions): Artifacts {
  const { place, wanted, attestation } = options;
  const all = once(() => list(request, place, wanted));
  const asked = new Map<number, Promise<Unattested | undefined>>();
  /** Why an artifact of the right name is not taken: asked once of each. */
  const doubt = async ({ run, artifact }: Built): Promise<Missing | undefined> => {
    if (attestation === undefined) return undefined;
    const answer =
      asked.get(artifact.id) ??
      unattested(request, attestation, {
        place,
        repositoryId: options.repositoryId,
        workflow: wanted.workflow,
        sha: wanted.sha,
        runId: run.id,
        digest: artifact.digest,
        what: `the artifact ${JSON.stringify(artifact.name)} of ${nameOfRun(run, wanted.workflow)}`,
      });
    asked.set(artifact.id, answer);
    return answer;
  };
  const find = async (name: string): Promise<Choice<Built>> => {
    const { run, artifacts } = await all();
    if ("missing" in run) return run;
    const artifact = chooseArtifact(wanted, run.found, artifacts, name);
    if ("missing" in artifact) return artifact;
    const built = { run: run.found, artifact: artifact.found };
    const missing = await doubt(built);
    return missing === undefined ? { found: built } : { missing };
  };
  return {
    run: async () => (await all()).run,
    find,
    read: async (name) => {
      const choice = await find(name);
      if ("missing" in choice) throw missingError(choice.missing);
      const { run, artifact } = choice.found;
      const from = `${nameOfRun(run, wanted.workflow)}${attestation === undefined ? "" : ", attested"}`;
      return { zip: await bytesOf(request, options, artifact), from };
    },
  };
}

export function missingError({ code, message, hint }: Missing): GatewrightError {
  return new GatewrightError(code, message, { hint });
}

interface Listed {
  readonly run: Choice<WorkflowRun>;
  /** Of the run. */
  readonly artifacts: readonly ArtifactFact[];
}

async function list(request: GitHubRequest, place: RepositoryPlace, wanted: WantedBuild): Promise<Listed> {
  const runs = await allPages(
    request,
    "GET /repos/{owner}/{repo}/actions/runs",
    { ...place, head_sha: wanted.sha, exclude_pull_requests: true },
    (data) => at(data, "workflow_runs"),
  );
  const run = chooseRun(wanted, runs.map(runOf));
  if ("missing" in run) return { run, artifacts: [] };
  const artifacts = await allPages(
    request,
    "GET /repos/{owner}/{repo}/actions/runs/{run_id}/artifacts",
    { ...place, run_id: run.found.id },
    (data) => at(data, "artifacts"),
  );
  return { run, artifacts: artifacts.map(artifactOf) };
}

function runOf(run: unknown): WorkflowRun {
  return {
    id: number(at(run, "id")),
    number: number(at(run, "run_number")),
    attempt: number(at(run, "run_attempt")),
    path: text(at(run, "path")),
    headSha: text(at(run, "head_sha")),
    headRepositoryId: numberOf(at(run, "head_repository", "id")),
    status: text(at(run, "status")),
    conclusion: textOf(at(run, "conclusion")),
    startedAt: Date.parse(text(at(run, "run_started_at"))) || 0,
  };
}

function artifactOf(artifact: unknown): ArtifactFact {
  return {
    id: number(at(artifact, "id")),
    name: text(at(artifact, "name")),
    bytes: number(at(artifact, "size_in_bytes")),
    digest: textOf(at(artifact, "digest")),
    expired: at(artifact, "expired") === true,
    createdAt: Date.parse(text(at(artifact, "created_at"))) || 0,
    headSha: text(at(artifact, "workflow_run", "head_sha")),
    headRepositoryId: numberOf(at(artifact, "workflow_run", "head_repository_id")),
  };
}

/** The address that GitHub gives is valid for a minute: each attempt asks for one. */
async function bytesOf(
  request: GitHubRequest,
  { place, fetch: send, signal, silenceMs, clock = systemClock }: ArtifactOptions,
  { id, name, bytes, digest }: ArtifactFact,
): Promise<Uint8Array> {
  const what = `the artifact ${JSON.stringify(name)}`;
  if (bytes > MOST_BYTES) refuseSize(what, bytes);
  const got = await retry(
    async () => download(await addressOf(request, place, id, what), what, { send, signal, silenceMs }),
    {
      clock,
      attempts: 3,
      backoff: { firstMs: 500, longestMs: 4000 },
      // GitHub's own answers have been tried again already.
      retryIf: (error) => (error instanceof GatewrightError ? "stop" : "retry"),
      exhausted: (last) => unreachable(what, last),
      signal,
    },
  );
  const sum = `sha256:${createHash("sha256").update(got).digest("hex")}`;
  if (digest !== undefined && digest !== sum)
    fail("CODE_ARTIFACT_DIGEST", `${what} has the digest ${sum}; GitHub says ${digest}`, {
      hint: "What arrived is not what was uploaded. Try again; if it stays so, run the workflow again.",
    });
  return got;
}

async function addressOf(
  request: GitHubRequest,
  place: RepositoryPlace,
  id: number,
  what: string,
): Promise<string> {
  const route = "GET /repos/{owner}/{repo}/actions/artifacts/{artifact_id}/{archive_format}";
  try {
    const { headers } = await request(route, {
      ...place,
      artifact_id: id,
      archive_format: "zip",
      // Followed by us: the token is for GitHub alone.
      request: { redirect: "manual" },
    });
    return String(headers.location ?? "");
  } catch (error) {
    if (statusOf(error) !== 410) throw error;
    return fail("CODE_ARTIFACT_EXPIRED", `GitHub no longer has ${what}`, {
      hint: 'Run all jobs of the workflow run again ("Re-run all jobs").',
    });
  }
}

function unreachable(what: string, last: unknown): GatewrightError {
  return new GatewrightError(
    "GITHUB_UNREACHABLE",
    `${what} could not be got from GitHub's storage: ${reasonOf(last)}`,
    {
      cause: last,
      hint: "Try again in a few minutes. https://www.githubstatus.com shows whether GitHub has problems.",
    },
  );
}
