/** A commit's trees and blobs over GitHub's REST API, through whatever sends the requests. */
import { isObject, type JsonObject, type JsonValue } from "../values.ts";
import type { GitEntry, GitReader, GitTree } from "./git-trees.ts";

/** The part of Octokit's `request` that is needed. */
export type SendRequest = (
  route: string,
  parameters: Record<string, unknown>,
) => Promise<{ readonly data: unknown }>;

/** @param repository `owner/name` */
export function createGitHubReader(send: SendRequest, repository: string): GitReader {
  const [owner, repo] = repository.split("/");
  return {
    getTree: async (tree_sha, recursive) => {
      const { data } = await send("GET /repos/{owner}/{repo}/git/trees/{tree_sha}", {
        owner,
        repo,
        tree_sha,
        // Any value turns it on, "0" and "false" too.
        ...(recursive ? { recursive: "1" } : {}),
      });
      return treeOf(data as JsonValue);
    },
    getBlob: async (file_sha) => {
      const { data } = await send("GET /repos/{owner}/{repo}/git/blobs/{file_sha}", {
        owner,
        repo,
        file_sha,
      });
      const { content, encoding } = objectOf(data as JsonValue);
      if (typeof content !== "string") throw new Error(`GitHub gave no content for the blob ${file_sha}`);
      return new Uint8Array(Buffer.from(content, encoding === "base64" ? "base64" : "utf8"));
    },
  };
}

function treeOf(data: JsonValue): GitTree {
  const { tree, truncated } = objectOf(data);
  if (!Array.isArray(tree)) throw new Error("GitHub gave no tree");
  return { entries: tree.flatMap((entry) => entryOf(objectOf(entry))), truncated: truncated === true };
}

function entryOf({ path, type, mode, sha, size }: JsonObject): GitEntry[] {
  if (typeof path !== "string" || typeof mode !== "string" || typeof sha !== "string") return [];
  if (type !== "blob" && type !== "tree" && type !== "commit") return [];
  return [{ path, type, mode, sha, ...(typeof size === "number" ? { size } : {}) }];
}

function objectOf(value: JsonValue): JsonObject {
  return isObject(value) ? value : {};
}
