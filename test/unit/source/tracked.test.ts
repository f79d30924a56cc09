import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { createLocalSource, type LocalOptions } from "../../../src/source/local-source.ts";
import { trackedIn, untrackedText } from "../../../src/source/tracked.ts";

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function folder(): string {
  const made = realpathSync(mkdtempSync(join(tmpdir(), "gatewright-tracked-")));
  folders.push(made);
  return made;
}

function write(root: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

function git(root: string, ...parameters: string[]): void {
  const person = [
    "-c",
    "user.name=ana",
    "-c",
    "user.email=ana@example.com",
    "-c",
    "protocol.file.allow=always",
  ];
  execFileSync("git", ["-C", root, ...person, ...parameters], { stdio: "ignore" });
}

let root: string;
beforeEach(() => {
  root = folder();
  git(root, "init");
  write(root, { "stack/resources.js": "spec", "stack/fn/index.js": "code", "stack/größe.js": "size" });
  git(root, "add", ".");
});

const paths = async (where: string, under: string, options?: LocalOptions): Promise<readonly string[]> =>
  (await createLocalSource(where, options).list(under)).map(({ path }) => path);

describe("of a working copy", () => {
  test("what git tracks is read, also before it is committed", async () => {
    const source = createLocalSource(root);
    for (const path of ["stack/resources.js", "stack/größe.js"])
      expect(await source.read(path), path).toBeInstanceOf(Uint8Array);
    expect(await paths(root, "stack")).toEqual(["stack/fn/index.js", "stack/größe.js", "stack/resources.js"]);
  });

  test("what git does not track is left out and named once", async () => {
    write(root, { "stack/.env": "SECRET=1", "stack/fn/node_modules/x/index.js": "x", "stack/fn/new.js": "" });
    const told: string[] = [];
    const source = createLocalSource(root, { onUntracked: (found) => told.push(...found) });
    expect(await source.read("stack/.env")).toBeUndefined();
    expect(await source.read("stack/.env")).toBeUndefined();
    expect(await source.read("stack/missing.js")).toBeUndefined();
    expect((await source.list("stack/fn")).map(({ path }) => path)).toEqual(["stack/fn/index.js"]);
    await source.list("stack/fn");
    expect(told.sort()).toEqual(["stack/.env", "stack/fn/new.js", "stack/fn/node_modules/"]);
  });

  test("a tracked link does not make its untracked target readable", async () => {
    write(root, { "credentials.json": "SECRET", "build/token": "SECRET" });
    symlinkSync("../credentials.json", join(root, "stack/stolen.json"));
    symlinkSync("../../build", join(root, "stack/fn/build"));
    git(root, "add", "stack");
    const source = createLocalSource(root);
    expect(await source.read("stack/stolen.json")).toBeUndefined();
    expect(await source.read("stack/fn/build/token")).toBeUndefined();
    expect(await paths(root, "stack/fn")).toEqual(["stack/fn/index.js"]);
  });

  test("a link that git does not track is left out, wherever it leads", async () => {
    symlinkSync("index.js", join(root, "stack/fn/again.js"));
    symlinkSync("nowhere", join(root, "stack/fn/broken"));
    expect(await createLocalSource(root).read("stack/fn/again.js")).toBeUndefined();
    expect(await paths(root, "stack/fn")).toEqual(["stack/fn/index.js"]);
  });

  test("a tracked link to a tracked folder is followed", async () => {
    symlinkSync("fn", join(root, "stack/other"));
    git(root, "add", ".");
    expect(await paths(root, "stack/other")).toEqual(["stack/other/index.js"]);
    expect(await createLocalSource(root).read("stack/other/index.js")).toBeInstanceOf(Uint8Array);
  });

  test("files of a checked-out submodule count, others in its folder do not", async () => {
    const library = folder();
    git(library, "init");
    write(library, { "handler.js": "shared" });
    git(library, "add", ".");
    git(library, "commit", "-m", "x");
    git(root, "submodule", "add", library, "stack/fn/lib");
    write(root, { "stack/fn/lib/.env": "SECRET" });
    expect(await paths(root, "stack/fn")).toEqual(["stack/fn/index.js", "stack/fn/lib/handler.js"]);
  });

  test("a worktree is a working copy too, and its .git file is never read", async () => {
    git(root, "commit", "-m", "x");
    const tree = join(folder(), "tree");
    git(root, "worktree", "add", tree);
    write(tree, { "stack/.env": "SECRET" });
    const source = createLocalSource(tree);
    expect(await source.read("stack/resources.js")).toBeInstanceOf(Uint8Array);
    expect(await source.read("stack/.env")).toBeUndefined();
    await expect(source.read(".git")).rejects.toMatchObject({ code: "SOURCE_SYMLINK" });
  });

  test("a folder inside it has its own paths", async () => {
    write(root, { "stack/.env": "SECRET" });
    expect(await paths(join(root, "stack"), "")).toEqual(["fn/index.js", "größe.js", "resources.js"]);
  });

  test("everything is read when that was asked for, but never .git", async () => {
    write(root, { "stack/fn/dist/built.js": "built" });
    expect(await paths(root, "stack/fn", { untracked: true })).toEqual([
      "stack/fn/dist/built.js",
      "stack/fn/index.js",
    ]);
    await expect(createLocalSource(root, { untracked: true }).read(".git/config")).rejects.toMatchObject({
      code: "SOURCE_SYMLINK",
    });
  });

  test("that git cannot read is an error, not everything", async () => {
    writeFileSync(join(root, ".git/index"), "no index");
    await expect(createLocalSource(root).read("stack/resources.js")).rejects.toMatchObject({
      code: "SOURCE_GIT",
    });
  });
});

test("outside of a repository every file counts", async () => {
  const plain = folder();
  write(plain, { "resources.js": "spec" });
  expect(await trackedIn(plain)).toBeUndefined();
  expect(await paths(plain, "")).toEqual(["resources.js"]);
});

test("a warning names a few of many", () => {
  expect(untrackedText(["a", "b\n::error::"])).toContain('"a", "b\\n::error::"');
  expect(untrackedText(["a", "b", "c", "d", "e", "f", "g"])).toContain('"e" and 2 more');
});
