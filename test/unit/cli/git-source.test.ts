import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { createGitSource } from "../../../src/cli/git-source.ts";

const root = mkdtempSync(join(tmpdir(), "gatewright-git-"));

beforeAll(() => {
  const git = (...args: string[]): void => {
    const who = ["-c", "user.name=t", "-c", "user.email=t@example.com"];
    execFileSync("git", ["-C", root, ...who, ...args], { stdio: "ignore" });
  };
  git("init", "-b", "main");
  mkdirSync(join(root, "apis/fn"), { recursive: true });
  writeFileSync(join(root, "apis/resources.js"), "committed");
  writeFileSync(join(root, "apis/fn/ü b.sh"), "run");
  chmodSync(join(root, "apis/fn/ü b.sh"), 0o755);
  symlinkSync("/etc/passwd", join(root, "apis/link"));
  git("add", ".");
  git("commit", "-m", "one");
  writeFileSync(join(root, "apis/resources.js"), "edited");
});

describe("a commit as a source", () => {
  it("is the commit, not the working copy", async () => {
    const source = createGitSource(root, "main");
    expect(Buffer.from((await source.read("apis/resources.js")) ?? []).toString()).toBe("committed");
    expect(await source.read("apis/nothing.js")).toBeUndefined();
  });

  it("lists a folder, without links", async () => {
    const source = createGitSource(root, "HEAD");
    expect(await source.list("apis")).toMatchObject([
      { path: "apis/fn/ü b.sh", executable: true, size: 3 },
      { path: "apis/resources.js", executable: false, size: 9 },
    ]);
    expect([await source.isFolder("apis/fn"), await source.isFolder("apis/resources.js")]).toEqual([
      true,
      false,
    ]);
    expect(await source.list("nowhere")).toEqual([]);
  });

  it.each(["nowhere", "--help", "HEAD:apis"])("must be a commit: %s", async (ref) => {
    await expect(createGitSource(root, ref).list("")).rejects.toMatchObject({
      code: "BASE_NOT_FOUND",
      message: expect.stringContaining(`"${ref}"`),
    });
  });
});
