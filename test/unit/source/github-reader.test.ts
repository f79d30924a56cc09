import { expect, test } from "vitest";
import { createGitHubReader } from "../../../src/source/github-reader.ts";

test("asks as GitHub documents it, and keeps what it understands", async () => {
  const asked: unknown[] = [];
  const reader = createGitHubReader(async (route, parameters) => {
    asked.push([route, parameters]);
    const blob = { path: "a.js", mode: "100644", type: "blob", sha: "1", size: 3, url: "https://…" };
    const tree = { path: "lib", mode: "040000", type: "tree", sha: "2", url: "https://…" };
    return {
      data: route.includes("trees")
        ? { sha: "0", tree: [blob, tree, { path: 1 }], truncated: true }
        : { content: "w7xi\nYw==\n", encoding: "base64" },
    };
  }, "acme/shop");
  expect(await reader.getTree("0", true)).toEqual({
    entries: [
      { path: "a.js", mode: "100644", type: "blob", sha: "1", size: 3 },
      { path: "lib", mode: "040000", type: "tree", sha: "2" },
    ],
    truncated: true,
  });
  await reader.getTree("2", false);
  expect(new TextDecoder().decode(await reader.getBlob("1"))).toBe("übc");
  expect(asked).toEqual([
    [
      "GET /repos/{owner}/{repo}/git/trees/{tree_sha}",
      { owner: "acme", repo: "shop", tree_sha: "0", recursive: "1" },
    ],
    ["GET /repos/{owner}/{repo}/git/trees/{tree_sha}", { owner: "acme", repo: "shop", tree_sha: "2" }],
    ["GET /repos/{owner}/{repo}/git/blobs/{file_sha}", { owner: "acme", repo: "shop", file_sha: "1" }],
  ]);
});
