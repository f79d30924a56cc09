/** Whether an artifact has an attestation that says what is wanted of its build: asked of GitHub, verified here. */
import { messageOf, userErrors } from "../../model/errors.ts";
import type { RepositoryPlace } from "../../model/repository.ts";
import type { GitHubRequest } from "../client.ts";
import { statusOf } from "../errors.ts";
import { isPartOf, parentsOf } from "../pull-request.ts";
import { at, list } from "../json.ts";
import { shortSha } from "../../text/sha.ts";
import { type Claims, deviation, isMergeOfPull, PROVENANCE, type WantedBuild } from "./claims.ts";
import type { TrustedRoots } from "./trusted-roots.ts";

/** What a stage wants of the code it gets. */
export interface AttestationPolicy {
  readonly serverUrl: string;
  readonly hosted: boolean;
  /** The stage's `signerWorkflow`. */
  readonly signerWorkflow?: string | undefined;
  readonly roots: TrustedRoots;
  /** That the stage is deployed from. Undefined: nobody knows, and no merge of a pull request is taken. */
  readonly branch: string | undefined;
}

export interface Unattested {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

interface AttestedArtifact extends Omit<WantedBuild, "digest" | "serverUrl" | "hosted" | "signerWorkflow"> {
  readonly place: RepositoryPlace;
  readonly digest: string | undefined;
  /** `the artifact "orders" of run 57 of build.yml` */
  readonly what: string;
}

/** Undefined for an artifact with one good attestation; others beside it do not matter. */
export async function unattested(
  request: GitHubRequest,
  { roots, ...policy }: AttestationPolicy,
  artifact: AttestedArtifact,
): Promise<Unattested | undefined> {
  const { place, what, digest, workflow } = artifact;
  const how = `docs/built-code.md has the lines; then run ${workflow} again.`;
  const bundles = digest === undefined ? [] : await bundlesOf(request, place, digest);
  if (digest === undefined || bundles.length === 0)
    return {
      code: "CODE_NOT_ATTESTED",
      message: `${what} has no attestation`,
      hint: `This stage takes only code with build provenance: attest the artifact in the run that uploads it, with actions/attest, in a job that builds nothing. ${how}`,
    };
  const wanted = { ...policy, ...artifact, digest };
  const found: string[] = [];
  for (const bundle of bundles) {
    const why = await wrongIn(request, roots, wanted, bundle);
    if (why === undefined) return undefined;
    if ("code" in why) return why;
    found.push(why.deviation);
  }
  const others = found.length > 1 ? ` (and ${found.length - 1} more, which do not fit either)` : "";
  return {
    code: "CODE_ATTESTATION_WRONG",
    message: `the attestation of ${what} is not taken: ${found[0]}${others}`,
    hint: `Attest the artifact in ${policy.signerWorkflow ?? `${workflow} itself`}, in the run that uploads it, or name the reusable workflow that signs as the stage's signerWorkflow. ${how}`,
  };
}

type Wanted = WantedBuild & Pick<AttestedArtifact, "place" | "what"> & Pick<AttestationPolicy, "branch">;

async function wrongIn(
  request: GitHubRequest,
  roots: TrustedRoots,
  wanted: Wanted,
  bundle: unknown,
): Promise<Unattested | { readonly deviation: string } | undefined> {
  if (bundle === undefined || bundle === null)
    return { deviation: "GitHub gave its address, and not the attestation itself" };
  const { authorityOf, verified } = await import("./sigstore.ts");
  const authority = authorityOf(bundle);
  let trusted: Awaited<ReturnType<TrustedRoots["for"]>>;
  try {
    trusted = await roots.for(authority);
  } catch (error) {
    const [known] = userErrors(error) ?? [];
    if (known === undefined) throw error;
    const { code, message, hint = "" } = known;
    return { code, message: `${wanted.what}: ${message}`, hint };
  }
  let why = `nobody trusts ${authority ?? "who has signed it"}`;
  for (const trust of trusted) {
    let claims: Claims;
    try {
      claims = verified(bundle, trust);
    } catch (error) {
      why = `its signature is not good: ${messageOf(error)}`;
      continue;
    }
    const merge = claims.commit !== wanted.sha && isMergeOfPull(claims);
    const [base, head] = merge ? await parentsOf(request, wanted.place, claims.commit) : [];
    const wrong =
      deviation(wanted, claims, head) ?? (merge ? await otherBase(request, wanted, base) : undefined);
    return wrong === undefined ? undefined : { deviation: wrong };
  }
  return { deviation: why };
}

/**
 * A pull request of the same head into another branch builds what that branch has, the workflow's file too, and nobody has
 * reviewed that with the head.
 */
async function otherBase(
  request: GitHubRequest,
  { place, branch, sha }: Wanted,
  base = "",
): Promise<string | undefined> {
  if (branch !== undefined && (await isPartOf(request, place, branch, base))) return undefined;
  const merge = `it was built of the merge of ${shortSha(sha)} with ${shortSha(base)}`;
  return branch === undefined
    ? `${merge}, and nobody knows the branch that is deployed`
    : `${merge}, which ${branch} does not have; push again to a pull request into ${branch}`;
}

/** The newest thirty: an artifact's bytes hold the time of the upload, so that several runs rarely have the same. */
async function bundlesOf(
  request: GitHubRequest,
  place: RepositoryPlace,
  digest: string,
): Promise<readonly unknown[]> {
  try {
    const { data } = await request("GET /repos/{owner}/{repo}/attestations/{subject_digest}", {
      ...place,
      subject_digest: digest,
      predicate_type: PROVENANCE,
      per_page: 30,
      // Newer versions answer with addresses instead of bundles.
      headers: { "x-github-api-version": "2022-11-28" },
    });
    return list(at(data, "attestations")).map((attestation) => at(attestation, "bundle"));
  } catch (error) {
    if (statusOf(error) === 404) return [];
    throw error;
  }
}
