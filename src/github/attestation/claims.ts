/**
 * What an attestation says, once its signature is verified, and whether that is what was wanted. The certificate's fields are Fulcio's, which
 * takes them from the token of the job: https://github.com/sigstore/fulcio/blob/main/docs/oid-info.md. Pure.
 */
import { shortSha } from "../../text/sha.ts";

/** Build provenance: https://slsa.dev/spec/v1.0/provenance. */
export const PROVENANCE = "https://slsa.dev/provenance/v1";

export interface Claims {
  /** Whose token it was. */
  readonly issuer: string;
  /** The workflow whose job has signed; another one than `workflow` where that calls it. */
  readonly signer: string;
  /** The workflow that was run: `https://github.com/OWNER/REPO/.github/workflows/build.yml@refs/heads/main`. */
  readonly workflow: string;
  /** `https://github.com/OWNER/REPO`, as it was called then. */
  readonly repository: string;
  readonly repositoryId: string;
  /** `github.sha` of the run: on `pull_request` the merge of the head into its base. */
  readonly commit: string;
  /** `github.ref` */
  readonly ref: string;
  /** `github.event_name` */
  readonly event: string;
  /** `https://github.com/OWNER/REPO/actions/runs/123/attempts/1` */
  readonly run: string;
  /** `github-hosted` or `self-hosted` */
  readonly runner: string;
  readonly predicateType: string;
  /** The SHA-256 of what was built, in hex. */
  readonly subjects: readonly string[];
}

export interface WantedBuild {
  /** `https://github.com` */
  readonly serverUrl: string;
  readonly repositoryId: number;
  /** The file's name in .github/workflows. */
  readonly workflow: string;
  /**
   * The reusable workflow that signs, where `workflow` calls one: `acme/tools/.github/workflows/attest.yml`, of any commit or, with
   * `@refs/tags/v1` behind it, of that one.
   */
  readonly signerWorkflow?: string | undefined;
  /** The workflow run that the artifact is of. */
  readonly runId: number;
  /** The commit that is deployed. */
  readonly sha: string;
  /** `sha256:…` */
  readonly digest: string;
  /** Only runners of GitHub's count. */
  readonly hosted: boolean;
}

/** Who signs the tokens of jobs; an enterprise may have a path of its own there. */
function issuerOf(serverUrl: string): string {
  const { host } = new URL(serverUrl);
  return `https://token.actions.${host === "github.com" ? "githubusercontent.com" : host}`;
}

/** How `pull_request` names what it runs. */
export function isMergeOfPull({ event, ref }: Pick<Claims, "event" | "ref">): boolean {
  return event === "pull_request" && /^refs\/pull\/\d+\/merge$/.test(ref);
}

/**
 * The first thing in which an attestation is not of the wanted build, as half a sentence; undefined if it is.
 * @param merged the pull request's head, where `claims.commit` is its merge
 */
export function deviation(
  wanted: WantedBuild,
  claims: Claims,
  merged: string | undefined,
): string | undefined {
  const { serverUrl, repositoryId, workflow, signerWorkflow, runId, sha, digest, hosted } = wanted;
  const issuer = issuerOf(serverUrl);
  if (claims.predicateType !== PROVENANCE) return `it is no build provenance, but ${claims.predicateType}`;
  if (!claims.subjects.some((subject) => `sha256:${subject}` === digest))
    return `it is of another artifact than ${digest}`;
  if (claims.issuer !== issuer && !claims.issuer.startsWith(`${issuer}/`))
    return `it was signed with a token of ${claims.issuer}, not of ${issuer}`;
  if (claims.repositoryId !== String(repositoryId) || !claims.repository.startsWith(`${serverUrl}/`))
    return `it was built in ${claims.repository}, another repository`;
  if (claims.workflow !== `${claims.repository}/.github/workflows/${workflow}@${claims.ref}`)
    return `it was built by ${claims.workflow}, not by ${workflow}`;
  if (signerWorkflow === undefined && claims.signer !== claims.workflow)
    return `it was signed by ${claims.signer}, not by ${workflow} itself`;
  if (signerWorkflow !== undefined && !isSigner(claims.signer, `${serverUrl}/${signerWorkflow}`))
    return `it was signed by ${claims.signer}, not by ${signerWorkflow}`;
  if (claims.run.replace(/\/attempts\/\d+$/, "") !== `${claims.repository}/actions/runs/${runId}`)
    return `it is of ${claims.run}, not of the run ${runId}`;
  if (claims.commit !== sha && !(isMergeOfPull(claims) && merged === sha))
    return `it was built of the commit ${shortSha(claims.commit)}, not of ${shortSha(sha)}`;
  if (hosted && claims.runner !== "github-hosted")
    return `it was built on a runner that is ${claims.runner}, not github-hosted`;
  return undefined;
}

function isSigner(signer: string, wanted: string): boolean {
  return signer === wanted || (!wanted.includes("@") && signer.startsWith(`${wanted}@`));
}
