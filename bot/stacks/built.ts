/** Where the built code of a stack's commit is. */
import type { Artifacts } from "../../src/github/built/artifacts.ts";
import { commitArtifacts } from "../../src/github/built/commit.ts";
import type { AttestationPolicy } from "../../src/github/attestation/attested.ts";
import type { GitHubRequest } from "../../src/github/client.ts";
import { GatewrightError, GatewrightErrors, userErrors } from "../../src/model/errors.ts";
import { place, type RepositoryRef } from "../../src/model/repository.ts";
import type { RunSummary } from "../../src/model/run.ts";
import type { Settings, StageSettings } from "../../src/settings/schema.ts";
import { type BuiltCode, codeOfArtifacts } from "../../src/source/built-code.ts";
import type { Services } from "../services/services.ts";
import { stageBranch } from "./branch.ts";

export interface BuiltContext {
  readonly services: Pick<Services, "workflowRun" | "fetch" | "clock" | "serverUrl" | "trustedRoots">;
  readonly request: GitHubRequest;
  readonly repository: RepositoryRef;
  readonly settings: Pick<Settings, "code">;
  /** Whose code it is to be; undefined where only the run is asked for. */
  readonly stage?: Pick<StageSettings, "attestation" | "signerWorkflow" | "branch"> | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The artifacts of a commit; undefined where the settings name no workflow that builds. */
export function builtArtifacts(context: BuiltContext, sha: string): Artifacts | undefined {
  const { services, request, repository, settings, signal } = context;
  const { code } = settings;
  if (code === undefined) return undefined;
  return commitArtifacts(request, {
    place: place(repository),
    repositoryId: repository.id,
    code,
    sha,
    attestation: attestationOf(context),
    ownRun: services.workflowRun,
    fetch: services.fetch,
    clock: services.clock,
    signal,
  });
}

function attestationOf({ services, repository, stage }: BuiltContext): AttestationPolicy | undefined {
  if (stage === undefined || stage.attestation === "off") return undefined;
  const { serverUrl, trustedRoots: roots } = services;
  const branch = stageBranch(repository, stage);
  const { attestation, signerWorkflow } = stage;
  return { serverUrl, hosted: attestation === "github-hosted", signerWorkflow, roots, branch };
}

export function builtCode(context: BuiltContext, sha: string): BuiltCode | undefined {
  const artifacts = builtArtifacts(context, sha);
  return artifacts === undefined ? undefined : codeOfArtifacts(artifacts);
}

/** What a workflow's run that ends may change. The codes are those of src/github/built/choose.ts and src/github/attestation. */
const NOT_THERE: ReadonlySet<string> = new Set([
  "CODE_ARTIFACT_AMBIGUOUS",
  "CODE_ARTIFACT_EXPIRED",
  "CODE_ARTIFACT_FOREIGN",
  "CODE_ARTIFACT_MISSING",
  "CODE_ATTESTATION_WRONG",
  "CODE_BUILD_FAILED",
  "CODE_NOT_ATTESTED",
  "CODE_NOT_BUILT",
  "CODE_WORKFLOW_OTHER",
]);

/** Whether it is only the built code that is missing, perhaps for several functions. */
export function isCodeMissing(error: unknown): boolean {
  const errors = userErrors(error) ?? [];
  return errors.length > 0 && errors.every(({ code }) => NOT_THERE.has(code));
}

/**
 * Whether a run that found no code is asked for again, by a bot that is a server: a merge, a preview, and a plan of a pull request. Whose `/apply` was
 * refused for want of code has looked at no plan of it, and a rollback is of a commit that is rarely built again: they are sent again.
 */
export function isAskedAgain({ kind, cause }: Pick<RunSummary, "kind" | "cause">): boolean {
  if (kind === "apply") return cause.by === "merge" || cause.by === "preview";
  if (kind !== "plan") return false;
  return cause.by === "approval" || (cause.by === "command" && cause.rollback !== true);
}

/** The same error, with what becomes of the run when a build ends. */
export function withAgain(error: unknown, run: Pick<RunSummary, "kind" | "cause">): unknown {
  if (!isAskedAgain(run) || !isCodeMissing(error)) return error;
  const then =
    run.kind === "plan"
      ? "Then the bot plans again."
      : `Then the ${run.cause.by === "preview" ? "preview" : "merge"} is applied.`;
  const errors = (userErrors(error) ?? []).map(
    ({ code, message, hint, at, resource }) =>
      new GatewrightError(code, message, { hint: `${hint ?? ""} ${then}`.trim(), at, resource }),
  );
  return errors.length === 1 ? errors[0] : new GatewrightErrors(errors);
}

/** The same of what a run has stored: its code is that of its first error. */
export function isCodeMissingIn(error: { readonly code: string } | undefined): boolean {
  return error !== undefined && NOT_THERE.has(error.code);
}

/** Whether the code is still to be built. */
export function isBuildAwaited(error: { readonly code: string } | undefined): boolean {
  return error?.code === "CODE_NOT_BUILT" || error?.code === "CODE_WORKFLOW_OTHER";
}
