import { execFileSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { expect, test } from "vitest";
import { archiveFolder } from "../../../src/source/code-archive.ts";
import { createLocalSource } from "../../../src/source/local-source.ts";
import type { SourceFile, SpecSource } from "../../../src/source/source.ts";
import { zip } from "../../../src/source/threads/zip.ts";
import { zipBeside } from "../../../src/source/threads/zip-beside.ts";

const FILES = {
  "fn/index.js": "exports.handler = async () => 1;\n",
  "fn/lib/a.js": "a".repeat(5000),
  "fn/bin/run": "#!/bin/sh\n",
};

function source(
  files: Readonly<Record<string, string>>,
  sizes: Readonly<Record<string, number>> = {},
): SpecSource {
  const list: SourceFile[] = Object.keys(files)
    .sort()
    .map((path) => ({
      path,
      executable: path.includes("/bin/"),
      size: sizes[path] ?? files[path]?.length ?? 0,
    }));
  return {
    description: "the test",
    read: async (path) => (files[path] === undefined ? undefined : new TextEncoder().encode(files[path])),
    list: async (folder) => list.filter(({ path }) => path.startsWith(folder === "" ? "" : `${folder}/`)),
    isFolder: async (path) => path === "empty",
  };
}

test("is a zip of the folder's files, with its hash as Lambda tells it", async () => {
  const archive = await archiveFolder(source(FILES), "fn");
  expect(archive.files).toEqual(["bin/run", "index.js", "lib/a.js"]);
  expect(archive.unzippedSize).toBe(Object.values(FILES).join("").length);
  expect(archive.sha256Base64).toBe(createHash("sha256").update(archive.bytes).digest("base64"));
  const unzipped = unzipSync(archive.bytes);
  expect(Object.keys(unzipped)).toEqual(["bin/run", "index.js", "lib/a.js"]);
  expect(new TextDecoder().decode(unzipped["index.js"])).toBe(FILES["fn/index.js"]);
});

test("unzips with the modes of the files", async () => {
  const archive = await archiveFolder(source(FILES), "fn");
  const folder = mkdtempSync(join(tmpdir(), "gatewright-zip-"));
  writeFileSync(join(folder, "a.zip"), archive.bytes);
  const modes = execFileSync("python3", [
    "-c",
    "import sys,zipfile\nfor i in zipfile.ZipFile(sys.argv[1]).infolist(): print(i.filename, oct(i.external_attr >> 16), i.create_system, *i.date_time)",
    join(folder, "a.zip"),
  ]).toString();
  rmSync(folder, { recursive: true });
  expect(modes.trim().split("\n")).toEqual([
    "bin/run 0o100755 3 1980 1 1 12 0 0",
    "index.js 0o100644 3 1980 1 1 12 0 0",
    "lib/a.js 0o100644 3 1980 1 1 12 0 0",
  ]);
});

/** A new hash redeploys every function of every user: an upgrade of fflate that changes it must be a decision. */
test("has the hash it always had", async () => {
  expect((await archiveFolder(source(FILES), "fn")).sha256Base64).toMatchInlineSnapshot(
    `"iFxH5d5tznLDdDKNWuJ20IMUSuSXGfN4a0/GEnC1lD4="`,
  );
});

test("is the same in every time zone", () => {
  const root = mkdtempSync(join(tmpdir(), "gatewright-zone-"));
  mkdirSync(join(root, "fn"));
  writeFileSync(join(root, "fn/index.js"), "code");
  const script = `import { archiveFolder } from "./src/source/code-archive.ts"; import { createLocalSource } from "./src/source/local-source.ts"; console.log((await archiveFolder(createLocalSource(${JSON.stringify(root)}), "fn")).sha256Base64);`;
  const hashes = ["UTC", "Asia/Kolkata", "America/St_Johns", "Pacific/Apia"].map((zone) =>
    execFileSync(process.execPath, ["--input-type=module-typescript", "-e", script], {
      env: { ...process.env, TZ: zone },
    }).toString(),
  );
  rmSync(root, { recursive: true });
  expect(new Set(hashes).size).toBe(1);
});

test("a file called __proto__ is not silently lost", async () => {
  const archive = archiveFolder(source({ "fn/__proto__": "x", "fn/a.js": "" }), "fn");
  await expect(archive).rejects.toMatchObject({ code: "CODE_FILE_NAME" });
});

test.each([
  ["missing", "CODE_FOLDER_MISSING", 'there is no folder "missing"'],
  ["fn/index.js", "CODE_FOLDER_MISSING", "is a file"],
  ["empty", "CODE_FOLDER_EMPTY", 'the folder "empty"'],
])("%s: %s", async (folder, code, words) => {
  const wrong = archiveFolder(source(FILES), folder);
  await expect(wrong).rejects.toMatchObject({ code, message: expect.stringContaining(words) });
});

test("too large, unzipped or zipped", async () => {
  const unzipped = source(FILES, { "fn/lib/a.js": 251 * 1024 * 1024 });
  await expect(archiveFolder(unzipped, "fn")).rejects.toMatchObject({
    code: "CODE_TOO_LARGE",
    message: expect.stringContaining("251.0 MB unzipped; Lambda accepts 250 MB"),
  });
  const root = mkdtempSync(join(tmpdir(), "gatewright-large-"));
  mkdirSync(join(root, "fn"));
  const noise = Buffer.alloc(51 * 1024 * 1024);
  for (let index = 0, state = 1; index < noise.length; index += 4) {
    state = (state * 1_664_525 + 1_013_904_223) >>> 0;
    noise.writeUInt32LE((state ^ (state >>> 15)) >>> 0, index);
  }
  writeFileSync(join(root, "fn/noise"), noise);
  const zipped = archiveFolder(createLocalSource(root), "fn");
  await expect(zipped).rejects.toMatchObject({
    code: "CODE_TOO_LARGE",
    message: expect.stringContaining("zipped; Lambda accepts 50 MB"),
  });
  rmSync(root, { recursive: true });
});

test("a large folder gives the same bytes in a thread as a small one here", async () => {
  const many = Object.fromEntries(
    Array.from({ length: 150 }, (_, index) => [`fn/${String(index).padStart(3, "0")}.js`, `${index}`]),
  );
  const archive = await archiveFolder(source(many), "fn");
  const entries = Object.entries(many).map(([path, text]) => ({
    path: path.slice(3),
    executable: false,
    bytes: new TextEncoder().encode(text),
  }));
  expect(Buffer.from(archive.bytes).equals(zip(entries))).toBe(true);
});

test("a thread that is not done in time is ended, and the error says what was zipped", async () => {
  const bytes = randomBytes(8 * 1024 * 1024);
  const zipping = zipBeside([{ path: "a", executable: false, bytes }], 'the folder "fn"', 0);
  await expect(zipping).rejects.toMatchObject({ code: "CODE_ZIP_TIMEOUT" });
});

test("more files than a function ever has are refused before one is read", async () => {
  const list = Array.from({ length: 20_001 }, (_, index) => ({
    path: `fn/${index}`,
    executable: false,
    size: 1,
  }));
  const large: SpecSource = {
    ...source({}),
    list: async () => list,
    read: () => Promise.reject(new Error("read")),
  };
  await expect(archiveFolder(large, "fn")).rejects.toMatchObject({ code: "CODE_TOO_LARGE" });
});

test("leaves out what the folder's .gatewrightignore names, and that file", async () => {
  const files = {
    ...FILES,
    "fn/.gatewrightignore": "# not for Lambda\n*.test.js\n/docs\n!keep.test.js\n",
    "fn/a.test.js": "",
    "fn/lib/b.test.js": "",
    "fn/keep.test.js": "",
    "fn/docs/x.md": "",
    "fn/lib/docs/y.md": "",
  };
  const { files: zipped, sha256Base64 } = await archiveFolder(source(files), "fn");
  expect(zipped).toEqual(["bin/run", "index.js", "keep.test.js", "lib/a.js", "lib/docs/y.md"]);
  const changed = { ...files, "fn/a.test.js": "changed" };
  expect((await archiveFolder(source(changed), "fn")).sha256Base64).toBe(sha256Base64);
});

test("a .gatewrightignore whose patterns never come to an end is an error, and the process goes on meanwhile", async () => {
  const files = { "fn/.gatewrightignore": `${"**/a/".repeat(10)}b\n`, [`fn/${"a/".repeat(100)}a`]: "" };
  let ticks = 0;
  const timer = setInterval(() => (ticks += 1), 100);
  await expect(archiveFolder(source(files), "fn")).rejects.toMatchObject({
    code: "CODE_IGNORE_TIMEOUT",
    message: expect.stringContaining('"fn/.gatewrightignore"'),
  });
  clearInterval(timer);
  expect(ticks).toBeGreaterThan(10);
});
