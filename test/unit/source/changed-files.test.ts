/** Which files of a function differ from those that AWS runs. */
import { describe, expect, it } from "vitest";
import { codeWords } from "../../../src/report/words/code-words.ts";
import { changedFiles } from "../../../src/source/changed-files.ts";

const file = (path: string, text: string | Uint8Array, executable = false) => ({
  path,
  executable,
  bytes: typeof text === "string" ? new TextEncoder().encode(text) : text,
});
const words = (...[before, after]: Parameters<typeof changedFiles>): string =>
  codeWords({ codeFiles: changedFiles(before, after) });

describe("changed files", () => {
  it("are named with their lines, new ones and gone ones as such", () => {
    const before = [file("a.mjs", "1\n2\n3\n"), file("old.mjs", "x"), file("same.mjs", "y")];
    const after = [file("a.mjs", "1\nII\n3\n4\n"), file("new.mjs", "x"), file("same.mjs", "y")];
    expect(changedFiles(before, after)).toEqual({
      changed: 3,
      of: 3,
      files: [
        { path: "a.mjs", change: "changed", added: 2, removed: 1 },
        { path: "new.mjs", change: "added" },
        { path: "old.mjs", change: "removed" },
      ],
    });
    expect(words(before, after)).toBe("code: 3 files changed: a.mjs +2 −1, new.mjs new, old.mjs gone");
  });

  it("that are no text, or large, or of another mode, are only named", () => {
    const binary = [file("app", new Uint8Array([0, 1])), file("run", "x"), file("z", "a".repeat(300_000))];
    const after = [
      file("app", new Uint8Array([0, 2])),
      file("run", "x", true),
      file("z", "b".repeat(300_000)),
    ];
    expect(words(binary, after)).toBe("code: 3 files changed: app, run, z");
  });

  it("that differ in too many lines to be counted are only named", () => {
    const lines = (sign: string) =>
      Array.from({ length: 3_000 }, (_, index) => `${index}${sign}\n=`).join("\n");
    expect(words([file("bundle.mjs", lines("a"))], [file("bundle.mjs", lines("b"))])).toBe(
      "code: 1 file changed: bundle.mjs",
    );
  });

  it("of the same code in another zip are none", () => {
    expect(words([file("a", "1")], [file("a", "1")])).toBe("code: the same 1 file, zipped in another way");
  });

  it("are counted beyond the first, and listed up to a limit", () => {
    const after = Array.from({ length: 40 }, (_, index) => file(`f${index + 10}`, "x"));
    const { changed, files } = changedFiles([], after);
    expect([changed, files.length]).toEqual([40, 20]);
    expect(words([], after)).toBe("code: 40 files changed: f10 new, f11 new, f12 new, 37 more");
  });
});
