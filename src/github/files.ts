/** Reads trees, blobs and single files through GitHub's REST API: the spec of a commit, the settings. */
import { fail } from "../model/errors.ts";
import type { GitEntry, GitReader, RepositoryPlace } from "../model/repository.ts";
import type { GitHubRequest } from "./client.ts";
import { errorOfGitHub, statusOf } from "./errors.ts";
import { at, list, numberOf, text, textOf } from "./json.ts";

/** `request` is Octokit's, or from `createRequest`. Throws errors a user can act on. */
export function specClient(
  { request }: { readonly request: GitHubRequest },
  { owner, repo }: RepositoryPlace,
): GitReader {
  const get = async (route: string, parameters: Record<string, unknown>): Promise<unknown> => {
    try {
      return (await request(route, { owner, repo, ...parameters })).data;
    } catch (error) {
      throw errorOfGitHub(error, route, "job");
    }
  };
  return {
    getTree: async (sha, recursive) => {
      // GitHub treats any value of `recursive` as true, even `false`.
      const how = recursive ? { recursive: "1" } : {};
      const tree = await get("GET /repos/{owner}/{repo}/git/trees/{tree_sha}", { tree_sha: sha, ...how });
      return {
        entries: list(at(tree, "tree")).flatMap(entryOf),
        truncated: at(tree, "truncated") === true,
      };
    },
    getBlob: async (sha) => {
      const blob = await get("GET /repos/{owner}/{repo}/git/blobs/{file_sha}", { file_sha: sha });
      return new Uint8Array(Buffer.from(textOf(at(blob, "content")) ?? "", "base64"));
    },
  };
}

function entryOf(entry: unknown): GitEntry[] {
  const [path, mode, sha] = ["path", "mode", "sha"].map((name) => textOf(at(entry, name)));
  const type = at(entry, "type");
  if (path === undefined || mode === undefined || sha === undefined) return [];
  if (type !== "blob" && type !== "tree" && type !== "commit") return [];
  return [{ path, type, mode, sha, size: numberOf(at(entry, "size")) }];
}

/** The text of one file, at a branch or commit; without `ref` on the default branch. `undefined` if GitHub does not find it. */
export async function fileAt(
  request: GitHubRequest,
  { owner, repo }: RepositoryPlace,
  path: string,
  ref?: string,
): Promise<string | undefined> {
  const found = await contentsAt(request, { owner, repo }, path, ref);
  if (found === undefined) return undefined;
  const type = at(found, "type");
  // Of a folder, a submodule and a file above 1 MB GitHub gives no text (https://docs.github.com/en/rest/repos/contents).
  if (Array.isArray(found) || at(found, "encoding") === "none" || (type !== undefined && type !== "file"))
    fail("GITHUB_ERROR", `GitHub gives no text of ${path}: it is no file, or larger than 1 MB`, {
      hint: `Make ${path} a file of text.`,
    });
  return Buffer.from(textOf(at(found, "content")) ?? "", "base64").toString("utf8");
}

/** Paths of what is in a folder; empty if GitHub does not find it. */
export async function folderAt(
  request: GitHubRequest,
  place: RepositoryPlace,
  path: string,
  ref?: string,
): Promise<readonly string[]> {
  return list(await contentsAt(request, place, path, ref)).flatMap(
    (entry) => textOf(at(entry, "path")) ?? [],
  );
}

async function contentsAt(
  request: GitHubRequest,
  { owner, repo }: RepositoryPlace,
  path: string,
  ref?: string,
): Promise<unknown> {
  try {
    const which = ref === undefined ? {} : { ref };
    return (await request("GET /repos/{owner}/{repo}/contents/{path}", { owner, repo, path, ...which })).data;
  } catch (error) {
    if (statusOf(error) === 404) return undefined;
    throw error;
  }
}

/** The id of a commit's root tree. */
export async function treeOf(request: GitHubRequest, place: RepositoryPlace, sha: string): Promise<string> {
  const { data } = await request("GET /repos/{owner}/{repo}/git/commits/{commit_sha}", {
    ...place,
    commit_sha: sha,
  });
  return text(at(data, "tree", "sha"));
}

/** The id of the tree or file at a path below a tree; `undefined` if there is none. */
export async function objectIn(
  request: GitHubRequest,
  place: RepositoryPlace,
  root: string,
  path: string,
): Promise<string | undefined> {
  let found = root;
  let isTree = true;
  for (const segment of path.split("/").filter((one) => one !== "" && one !== ".")) {
    if (!isTree) return undefined;
    const tree = await request("GET /repos/{owner}/{repo}/git/trees/{tree_sha}", {
      ...place,
      tree_sha: found,
    });
    const entry = list(at(tree.data, "tree")).find((one) => text(at(one, "path")) === segment);
    if (entry === undefined) return undefined;
    found = text(at(entry, "sha"));
    isTree = at(entry, "type") === "tree";
  }
  return found;
}
