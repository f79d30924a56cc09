import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unzipSync, zipSync, type Zippable } from "fflate";
import { describe, expect, test } from "vitest";
import { userErrors } from "../../../src/model/errors.ts";
import { codeOfArtifacts, codeOfFolder } from "../../../src/source/built-code.ts";
import { unzip } from "../../../src/source/threads/unzip.ts";

const HANDLER = "export const handler = async () => ({ statusCode: 200 });\n";
const REGULAR = 0o100000;

/** Of a Unix, each with its mode. */
function zipOf(files: Readonly<Record<string, string>>, mode = REGULAR | 0o644): Uint8Array {
  const zippable: Zippable = {};
  for (const [path, text] of Object.entries(files))
    zippable[path] = [new TextEncoder().encode(text), { os: 3, attrs: mode * 65_536, mtime: new Date() }];
  return zipSync(zippable);
}

const archived = (zip: Uint8Array, artifact = "orders") =>
  codeOfArtifacts({ read: async () => ({ zip, from: "run 57 of build.yml" }) }).archiveOf(artifact);

async function refusal(thrown: Promise<unknown>): Promise<string> {
  const error = await thrown.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return (userErrors(error) ?? []).map(({ code, message }) => `${code} ${message}`).join("\n");
}

function modeOf(archive: Uint8Array, path: string): number {
  const text = Buffer.from(archive);
  for (let at = text.indexOf("PK\x01\x02"); at >= 0; at = text.indexOf("PK\x01\x02", at + 4)) {
    const name = text.subarray(at + 46, at + 46 + text.readUInt16LE(at + 28)).toString();
    if (name === path) return text.readUInt32LE(at + 38) >>> 16;
  }
  return 0;
}

describe("an artifact", () => {
  test("is zipped again, so that equal contents are equal bytes", async () => {
    const one = await archived(zipOf({ "handler.mjs": HANDLER, "lib/a.js": "a" }));
    const other = await archived(zipOf({ "lib/a.js": "a", "handler.mjs": HANDLER }, REGULAR | 0o755));
    expect(other.sha256Base64).toBe(one.sha256Base64);
    expect(one.files).toEqual(["handler.mjs", "lib/a.js"]);
    expect(one.from).toBe("run 57 of build.yml");
    expect(new TextDecoder().decode(unzipSync(one.bytes)["handler.mjs"])).toBe(HANDLER);
  });

  test("with an inner zip of its name is what that holds, with the modes it has", async () => {
    const inner = zipOf({ bootstrap: "#!" }, REGULAR | 0o755);
    const outer = zipSync({ "orders.zip": inner });
    const archive = await archived(outer);
    expect(archive.files).toEqual(["bootstrap"]);
    expect(modeOf(archive.bytes, "bootstrap")).toBe(REGULAR | 0o755);
    expect((await archived(inner, "orders.zip")).sha256Base64).toBe(archive.sha256Base64);
    expect(modeOf((await archived(inner)).bytes, "bootstrap")).toBe(REGULAR | 0o644);
  });

  test("gives the same bytes as a folder of the same files", async () => {
    const root = mkdtempSync(join(tmpdir(), "gatewright-built-"));
    mkdirSync(join(root, "orders/lib"), { recursive: true });
    writeFileSync(join(root, "orders/handler.mjs"), HANDLER, { mode: 0o755 });
    writeFileSync(join(root, "orders/lib/a.js"), "a");
    writeFileSync(join(root, "worker.zip"), zipOf({ bootstrap: "#!" }, REGULAR | 0o755));
    const local = await codeOfFolder(root).archiveOf("orders");
    const remote = await archived(zipOf({ "handler.mjs": HANDLER, "lib/a.js": "a" }));
    expect(local.sha256Base64).toBe(remote.sha256Base64);
    expect(local.from).toBe(`the folder ${root}/orders`);
    expect((await codeOfFolder(root).archiveOf("worker")).files).toEqual(["bootstrap"]);
    expect(await refusal(codeOfFolder(root).archiveOf("billing"))).toContain("CODE_FOLDER_MISSING");
    rmSync(root, { recursive: true });
  });

  test.each<[string, Uint8Array, string]>([
    ["is no zip", new TextEncoder().encode("no zip"), "is not a zip"],
    ["is a part of a zip", zipOf({ a: "aaaa" }).subarray(20), "is not a zip"],
    ["has a link", zipOf({ a: "/etc/passwd" }, 0o120777), "is a link"],
    ["leaves its folder", zipOf({ "../a": "a" }), "a file named"],
    ["leaves its folder in the middle", zipOf({ "a/../../b": "a" }), "a file named"],
    ["has an absolute name", zipOf({ "/etc/a": "a" }), "a file named"],
    ["has a name of Windows", zipOf({ "C:\\a": "a" }), "a file named"],
    ["has a name with a backslash", zipOf({ "a\\..\\b": "a" }), "a file named"],
    ["has a name twice", zipOf({ "a/b": "a", "a//b": "b" }), "twice"],
    ["has its zip and other files", zipOf({ "orders.zip": "a", "b.js": "b" }), "other files"],
    ["has nothing but another zip", zipOf({ "function.zip": "a" }), "nothing but function.zip"],
    ["has a zip of its name that is none", zipOf({ "orders.zip": "a" }), "is not a zip"],
  ])("is refused when it %s", async (_, zip, message) => {
    const said = await refusal(archived(zip));
    expect(said).toContain("CODE_ARTIFACT_INVALID");
    expect(said).toContain(message);
  });

  test("without files is refused", async () => {
    expect(await refusal(archived(zipOf({})))).toContain("CODE_FOLDER_EMPTY");
  });
});

describe("what is inflated is bounded", () => {
  const bomb = zipOf({ a: "0".repeat(1_000_000), b: "0".repeat(1_000_000) });

  test("by what the zip's directory says, before anything is inflated", () => {
    expect(() => unzip(bomb, "the artifact", { files: 10, bytes: 1_999_999 })).toThrow(/larger than/);
    expect(() => unzip(bomb, "the artifact", { files: 1, bytes: 9_000_000 })).toThrow(/more than 1 files/);
    expect(unzip(bomb, "the artifact", { files: 2, bytes: 2_000_000 })).toHaveLength(2);
  });

  test("when the directory lies", () => {
    const lying = Buffer.from(bomb);
    const directory = lying.indexOf("PK\x01\x02");
    lying.writeUInt32LE(10, directory + 24);
    expect(() => unzip(lying, "the artifact", { files: 10, bytes: 9_000_000 })).toThrow(/not a zip/);
  });

  test("any byte of a zip may be wrong, and nothing else than a refusal comes of it", () => {
    const sound = zipOf({ "a.js": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "lib/b.js": "b" });
    for (let at = 0; at < sound.length; at += 1) {
      const wrong = Uint8Array.from(sound);
      wrong[at] = (wrong[at] ?? 0) ^ 0xff;
      try {
        unzip(wrong, "the artifact", { files: 10, bytes: 1000 });
      } catch (error) {
        expect(
          userErrors(error)
            ?.map(({ code }) => code)
            .join(),
        ).toMatch(/^CODE_(ARTIFACT_INVALID|TOO_LARGE)$/);
      }
    }
  });
});
