/** The built code of a commit, wherever it was built: by a run for the commit itself, or for the reviewed head that it has the sources of. */
import type { Clock } from "../../model/clock.ts";
import type { RepositoryPlace } from "../../model/repository.ts";
import type { AttestationPolicy } from "../attestation/attested.ts";
import type { Fetch, GitHubRequest } from "../client.ts";
import { statusOf } from "../errors.ts";
import { objectIn, treeOf } from "../files.ts";
import { at, list, numberOf, text } from "../json.ts";
import { type Artifacts, artifactsOf, type Built, missingError } from "./artifacts.ts";
import type { Choice, WantedBuild } from "./choose.ts";
import { once } from "../../model/promises/once.ts";

/** What the settings say of built code. */
interface CodeSettings {
  /** The file's name in .github/workflows. */
  readonly workflow: string;
  /** What the build reads. */
  readonly sources: readonly string[];
}

interface CommitOptions {
  readonly place: RepositoryPlace;
  readonly repositoryId: number;
  readonly code: CodeSettings;
  readonly sha: string;
  /** What the stage wants of the code it gets; undefined: nothing more than that it was built. */
  readonly attestation?: AttestationPolicy | undefined;
  /** The workflow run that asks, inside a workflow. */
  readonly ownRun?: number | undefined;
  /** For the storage behind GitHub; default: Node's own. */
  readonly fetch?: Fetch | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly clock?: Clock | undefined;
}

/** Asks nothing before an artifact is asked for. */
export function commitArtifacts(request: GitHubRequest, options: CommitOptions): Artifacts {
  const { place, repositoryId, code, ownRun, attestation, fetch, signal, clock } = options;
  const builds = once(async () =>
    (await buildsOf(request, options)).map((commit) => {
      const wanted: WantedBuild = { workflow: code.workflow, ownRun, ...commit };
      return artifactsOf(request, { place, repositoryId, wanted, attestation, fetch, signal, clock });
    }),
  );
  /** The first build that has it; what is missing is said of the last one. */
  const first = async <Found>(
    ask: (of: Artifacts) => Promise<Choice<Found>>,
  ): Promise<{ readonly choice: Choice<Found>; readonly of: Artifacts }> => {
    let last: { readonly choice: Choice<Found>; readonly of: Artifacts } | undefined;
    for (const of of await builds()) {
      last = { choice: await ask(of), of };
      if ("found" in last.choice) return last;
    }
    if (last === undefined) throw new Error("a commit has at least its own build");
    return last;
  };
  return {
    run: async () => (await first((of) => of.run())).choice,
    find: async (name) => (await first((of) => of.find(name))).choice,
    read: async (name) => {
      const { choice, of } = await first<Built>((each) => each.find(name));
      if ("missing" in choice) throw missingError(choice.missing);
      return of.read(name);
    },
  };
}

type Commit = Pick<WantedBuild, "sha" | "headRepositoryId">;

/**
 * The commits whose build counts. The reviewed head comes first: after a squash or rebase it has the same sources, and its artifact is the
 * one that was looked at. A fork's head is built in the fork, which is its own pull request's business only.
 */
async function buildsOf(
  request: GitHubRequest,
  { place, repositoryId, code, sha }: CommitOptions,
): Promise<readonly Commit[]> {
  const own: Commit = { sha, headRepositoryId: repositoryId };
  const pulls = await pullsOf(request, place, sha);
  const forks = pulls.flatMap((pull): readonly Commit[] => {
    const id = numberOf(at(pull, "head", "repo", "id"));
    const isHead = text(at(pull, "head", "sha")) === sha && text(at(pull, "state")) === "open";
    return isHead && id !== undefined && id !== repositoryId ? [{ sha, headRepositoryId: id }] : [];
  });
  const merged = pulls.filter(
    (pull) =>
      text(at(pull, "merged_at")) !== "" &&
      text(at(pull, "merge_commit_sha")) === sha &&
      numberOf(at(pull, "head", "repo", "id")) === repositoryId,
  );
  const heads = merged.map((pull) => text(at(pull, "head", "sha"))).filter((head) => head !== sha);
  const equal = await Promise.all(heads.map((head) => haveSameSources(request, place, code, head, sha)));
  const reviewed = heads.filter((_head, index) => equal[index]);
  return [...reviewed.map((head) => ({ sha: head, headRepositoryId: repositoryId })), own, ...forks];
}

/** The pull requests that a commit is the head or the merge of; none where that cannot be read. */
async function pullsOf(
  request: GitHubRequest,
  place: RepositoryPlace,
  sha: string,
): Promise<readonly unknown[]> {
  try {
    const route = "GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls";
    return list((await request(route, { ...place, commit_sha: sha })).data);
  } catch (error) {
    if ([403, 404, 409, 422].includes(statusOf(error) ?? 0)) return [];
    throw error;
  }
}

/** Whether both commits have the same files and folders of the build, and the same workflow. */
async function haveSameSources(
  request: GitHubRequest,
  place: RepositoryPlace,
  { workflow, sources }: CodeSettings,
  one: string,
  other: string,
): Promise<boolean> {
  const [before = "", after = ""] = await Promise.all([one, other].map((sha) => treeOf(request, place, sha)));
  if (before === after) return true;
  const paths = [...sources, `.github/workflows/${workflow}`];
  const same = await Promise.all(
    paths.map(async (path) => {
      const [then, now] = await Promise.all(
        [before, after].map((tree) => objectIn(request, place, tree, path)),
      );
      return then === now;
    }),
  );
  return !same.includes(false);
}
