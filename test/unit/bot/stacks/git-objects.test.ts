import { describe, expect, test } from "vitest";
import { createGitObjects } from "../../../../bot/stacks/git-objects.ts";
import type { GitReader } from "../../../../src/model/repository.ts";

function reader(blob: (sha: string) => Uint8Array = () => new Uint8Array([1])) {
  const asked: string[] = [];
  const made: GitReader = {
    getTree: async (sha, recursive) => {
      asked.push(`${recursive ? "trees" : "tree"} ${sha}`);
      return { entries: [], truncated: false };
    },
    getBlob: async (sha) => {
      asked.push(`blob ${sha}`);
      return blob(sha);
    },
  };
  return { made, asked };
}

describe("objects of a repository", () => {
  test("are read once, by whichever run", async () => {
    const objects = createGitObjects();
    const { made, asked } = reader();
    await Promise.all([1, 2, 3].map(() => objects.of(1, made).getTree("a", true)));
    for (let run = 0; run < 3; run += 1) await objects.of(1, made).getBlob("b");
    await objects.of(1, made).getTree("a", false);
    expect(asked).toEqual(["trees a", "blob b", "tree a"]);
  });

  test("are not given to another repository", async () => {
    const objects = createGitObjects();
    const [one, other] = [reader(), reader()];
    await objects.of(1, one.made).getBlob("b");
    await objects.of(2, other.made).getBlob("b");
    expect(other.asked).toEqual(["blob b"]);
  });

  test("that one reader could not read, another one reads for itself", async () => {
    const objects = createGitObjects();
    const stopped = reader(() => {
      throw new Error("the run was cancelled");
    });
    const { made, asked } = reader();
    const [first, second] = await Promise.allSettled([
      objects.of(1, stopped.made).getBlob("b"),
      objects.of(1, made).getBlob("b"),
    ]);
    expect([first.status, second.status]).toEqual(["rejected", "fulfilled"]);
    expect(asked).toEqual(["blob b"]);
  });

  test("that are large are not kept", async () => {
    const objects = createGitObjects();
    const { made, asked } = reader(() => new Uint8Array(2 * 1024 * 1024));
    for (let run = 0; run < 2; run += 1) await objects.of(1, made).getBlob("b");
    expect(asked).toHaveLength(2);
  });
});
