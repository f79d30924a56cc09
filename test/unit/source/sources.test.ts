/** One folder, read from disk, through git and as through GitHub's API, whole or truncated: always the same. */
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { archiveFolder } from "../../../src/source/code-archive.ts";
import { createGitHubSource } from "../../../src/source/github-source.ts";
import { createGitSource } from "../../../src/source/git-source.ts";
import type { GitEntry, GitReader } from "../../../src/model/repository.ts";
import { createLocalSource } from "../../../src/source/local-source.ts";
import type { SpecSource } from "../../../src/source/source.ts";

const outside = mkdtempSync(join(tmpdir(), "gatewright-outside-"));
const root = mkdtempSync(join(tmpdir(), "gatewright-source-"));
const git = (...parameters: readonly string[]): string =>
  execFileSync("git", ["-C", root, "-c", "user.name=t", "-c", "user.email=t@example.org", ...parameters], {
    encoding: "utf8",
  }).trim();

beforeAll(() => {
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  write("package.json", "{}");
  write("stack/resources.js", "spec");
  write("stack/größe 1.txt", "ü");
  write("stack/fn/index.js", "code");
  write("stack/fn/lib/deep/a.js", "a");
  write("stack/fn/run.sh", "#!");
  chmodSync(join(root, "stack/fn/run.sh"), 0o755);
  write("shared/util.js", "util");
  writeFileSync(join(outside, "secret"), "secret");
  const link = (target: string, path: string): void => symlinkSync(target, join(root, path));
  link("../shared/util.js", "stack/out-of-stack.js");
  link("resources.js", "stack/inside.js");
  link("../../shared", "stack/fn/shared");
  link(join(outside, "secret"), "stack/absolute");
  link("../../../../../../etc/passwd", "stack/far");
  link("loop-b", "stack/loop-a");
  link("loop-a", "stack/loop-b");
  link("nowhere", "stack/dangling");
  mkdirSync(join(root, "round"));
  link("..", "round/up");
  link("stack", "alias");
  git("init", "-q", "-b", "main");
  git("add", "-A");
  git("commit", "-q", "-m", "files");
});

afterAll(() => {
  rmSync(root, { recursive: true });
  rmSync(outside, { recursive: true });
});

/** As GitHub answers: from the same repository, complete or with its recursive listings truncated. */
function githubReader(truncated: boolean, counts = { trees: 0, blobs: 0 }): GitReader {
  return {
    getTree: async (sha, recursive) => {
      counts.trees++;
      const lines = git("ls-tree", "-l", "-z", ...(recursive ? ["-r", "-t"] : []), sha)
        .split("\0")
        .filter(Boolean);
      const entries = lines.map((line): GitEntry => {
        const [facts = "", path = ""] = line.split("\t");
        const [mode = "", type = "", hash = "", size = ""] = facts.split(/ +/);
        return {
          path,
          mode,
          type: type as GitEntry["type"],
          sha: hash,
          ...(size === "-" ? {} : { size: Number(size) }),
        };
      });
      return recursive && truncated
        ? { entries: entries.slice(0, 2), truncated }
        : { entries, truncated: false };
    },
    getBlob: async (sha) => {
      counts.blobs++;
      return new Uint8Array(execFileSync("git", ["-C", root, "cat-file", "blob", sha]));
    },
  };
}

const kinds: readonly (readonly [string, () => SpecSource])[] = [
  ["disk", () => createLocalSource(root)],
  ["git", () => createGitSource(root, "main")],
  [
    "GitHub",
    () =>
      createGitHubSource({ repository: "a/b", sha: git("rev-parse", "HEAD"), reader: githubReader(false) }),
  ],
  [
    "GitHub, truncated",
    () =>
      createGitHubSource({ repository: "a/b", sha: git("rev-parse", "HEAD"), reader: githubReader(true) }),
  ],
];

describe.each(kinds)("%s", (_kind, open) => {
  const text = async (path: string, within?: string): Promise<string | undefined> => {
    const bytes = await open().read(path, within === undefined ? {} : { within });
    return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
  };

  test.each([
    ["stack/resources.js", "spec"],
    ["./stack/../stack/resources.js", "spec"],
    ["stack/größe 1.txt", "ü"],
    ["stack/inside.js", "spec"],
    ["stack/out-of-stack.js", "util"],
    ["stack/fn/shared/util.js", "util"],
    ["alias/resources.js", "spec"],
    ["round/up/package.json", "{}"],
    ["stack", undefined],
    ["stack/fn", undefined],
    ["stack/missing", undefined],
    ["stack/resources.js/x", undefined],
    ["missing/x", undefined],
    ["stack/dangling", undefined],
  ])("%s is %s", async (path, content) => {
    expect(await text(path)).toBe(content);
  });

  test("links may not lead out of the folder that is said", async () => {
    expect(await text("stack/inside.js", "stack")).toBe("spec");
    expect(await text("alias/inside.js", "alias")).toBe("spec");
    for (const path of ["stack/out-of-stack.js", "stack/fn/shared/util.js"]) {
      await expect(open().read(path, { within: "stack" })).rejects.toMatchObject({ code: "SOURCE_SYMLINK" });
    }
  });

  test.each(["stack/absolute", "stack/far", "stack/loop-a"])("%s leads out of the source", async (path) => {
    await expect(open().read(path)).rejects.toMatchObject({ code: "SOURCE_SYMLINK" });
  });

  test.each(["../x", "/etc/passwd", "stack/../../x", "a\0b"])("%j is outside", async (path) => {
    await expect(open().read(path)).rejects.toMatchObject({ code: "SOURCE_OUTSIDE" });
  });

  test("lists a folder, links followed", async () => {
    expect(await open().list("stack/fn")).toEqual([
      { path: "stack/fn/index.js", executable: false, size: 4 },
      { path: "stack/fn/lib/deep/a.js", executable: false, size: 1 },
      { path: "stack/fn/run.sh", executable: true, size: 2 },
      { path: "stack/fn/shared/util.js", executable: false, size: 4 },
    ]);
    expect(await open().list("missing")).toEqual([]);
    expect(await open().list("package.json")).toEqual([]);
  });

  test("refuses a folder with links that lead out, nowhere or round", async () => {
    for (const folder of ["stack", "round"]) {
      await expect(open().list(folder)).rejects.toMatchObject({ code: "SOURCE_SYMLINK" });
    }
  });

  test("knows folders", async () => {
    const found = await Promise.all(
      ["", "stack", "alias", "stack/fn/shared", "package.json", "x"].map((path) => open().isFolder(path)),
    );
    expect(found).toEqual([true, true, true, true, false, false]);
  });

  test("gives the same archive", async () => {
    const archives = await Promise.all(
      [createLocalSource(root), open()].map((source) => archiveFolder(source, "stack/fn")),
    );
    expect(archives[1]?.sha256Base64).toBe(archives[0]?.sha256Base64);
  });
});

describe("a commit", () => {
  test("is one request for the tree and one for each different file", async () => {
    const counts = { trees: 0, blobs: 0 };
    const source = createGitHubSource({
      repository: "acme/shop",
      sha: git("rev-parse", "HEAD"),
      reader: githubReader(false, counts),
    });
    expect(source.description).toMatch(/^acme\/shop at [0-9a-f]{7}$/);
    await Promise.all([
      source.read("stack/resources.js"),
      source.read("stack/resources.js"),
      source.read("stack/missing.js"),
      source.list("stack/fn/lib"),
    ]);
    expect(counts).toEqual({ trees: 1, blobs: 1 });
  });

  test("too large for one listing is walked along the path", async () => {
    const counts = { trees: 0, blobs: 0 };
    const source = createGitHubSource({
      repository: "a/b",
      sha: git("rev-parse", "HEAD"),
      reader: githubReader(true, counts),
    });
    await source.read("stack/fn/lib/deep/a.js");
    await source.read("stack/fn/lib/deep/a.js");
    expect(counts).toEqual({ trees: 6, blobs: 1 });
  });

  test("asks for so many files at once and no more", async () => {
    let now = 0;
    let most = 0;
    const reader = githubReader(false);
    const counting: GitReader = {
      ...reader,
      getBlob: async (sha) => {
        most = Math.max(most, ++now);
        await new Promise((resolve) => setTimeout(resolve, 5));
        now--;
        return reader.getBlob(sha);
      },
    };
    const source = createGitHubSource({
      repository: "a/b",
      sha: git("rev-parse", "HEAD"),
      reader: counting,
      concurrency: 2,
    });
    await archiveFolder(source, "stack/fn");
    expect(most).toBe(2);
  });

  test("refuses submodules and LFS pointers", async () => {
    const entries: readonly GitEntry[] = [
      { path: "sub", type: "commit", mode: "160000", sha: "1" },
      { path: "big.bin", type: "blob", mode: "100644", sha: "2", size: 130 },
    ];
    const reader: GitReader = {
      getTree: async () => ({ entries, truncated: false }),
      getBlob: async () =>
        new TextEncoder().encode("version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n"),
    };
    const source = createGitHubSource({ repository: "a/b", sha: "0", reader });
    await expect(source.read("sub/x")).rejects.toMatchObject({ code: "SOURCE_SUBMODULE" });
    await expect(source.list("")).rejects.toMatchObject({ code: "SOURCE_SUBMODULE" });
    await expect(source.read("big.bin")).rejects.toMatchObject({ code: "SOURCE_LFS" });
  });

  test("that is not there is an error, also one that looks like an option", async () => {
    for (const revision of ["nope", "--help"]) {
      await expect(createGitSource(root, revision).read("x")).rejects.toMatchObject({
        code: "REVISION_NOT_FOUND",
      });
    }
  });
});

describe("a checkout's own .git, where its token is", () => {
  const checkout = mkdtempSync(join(tmpdir(), "gatewright-checkout-"));

  beforeAll(() => {
    for (const folder of [".git/hooks", "modules/lib/.git", "stack"])
      mkdirSync(join(checkout, folder), { recursive: true });
    for (const file of [".git/config", ".git/hooks/run.js", "modules/lib/.git/config"])
      writeFileSync(join(checkout, file), "token");
    symlinkSync("../.git/config", join(checkout, "stack/stolen.json"));
    symlinkSync("../.git/hooks", join(checkout, "stack/fn"));
    symlinkSync("../modules/lib/.git/config", join(checkout, "stack/nested.json"));
  });

  afterAll(() => rmSync(checkout, { recursive: true }));

  test.each([".git/config", "stack/stolen.json", "stack/nested.json", "stack/fn/run.js"])(
    "is not read as %s",
    async (path) => {
      await expect(createLocalSource(checkout).read(path)).rejects.toMatchObject({ code: "SOURCE_SYMLINK" });
    },
  );

  test("is not listed through a link either, so it is in no function's code", async () => {
    await expect(createLocalSource(checkout).list("stack/fn")).rejects.toMatchObject({
      code: "SOURCE_SYMLINK",
    });
  });
});
