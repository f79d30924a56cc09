import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { foldersOf, oneAtATime, watchFolders } from "../../../../src/cli/dev/watch.ts";

describe("rounds", () => {
  it("go on after one that had nothing to do, and after one that failed", async () => {
    const log: string[] = [];
    const again = oneAtATime<string>(async (paths) => {
      log.push(paths.join());
      if (paths.includes("bad")) throw new Error("bad");
    });
    await again([]);
    await again(["a"]);
    await expect(again(["bad"])).rejects.toThrow("bad");
    await again(["b"]);
    expect(log).toEqual(["a", "bad", "b"]);
  });

  it("run one at a time; what changes meanwhile leads to one more", async () => {
    const log: string[] = [];
    const gates: (() => void)[] = [];
    const again = oneAtATime<string>(async (paths) => {
      log.push(`begin ${paths.join()}`);
      await new Promise<void>((resolve) => gates.push(resolve));
      log.push(`end ${paths.join()}`);
    });
    const done = again(["a"]);
    void again(["b"]);
    void again(["b", "c"]);
    gates.shift()?.();
    await Promise.resolve().then(() => Promise.resolve());
    await new Promise<void>((resolve) => setImmediate(resolve));
    gates.shift()?.();
    await done;
    expect(log).toEqual(["begin a", "end a", "begin b,c", "end b,c"]);
  });
});

describe("the folders that are watched", () => {
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "gatewright-watch-"));
    for (const folder of ["api/dist", "dist", "api-code"]) mkdirSync(join(home, folder), { recursive: true });
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  it.each([
    [undefined, ["api"]],
    ["api/dist", ["api"]],
    ["dist", ["api", "dist"]],
    ["api-code", ["api", "api-code"]],
    ["not-built-yet", ["api", "not-built-yet"]],
  ])("are the stack's, and that of the code where it is elsewhere: %s", (code, expected) => {
    const folders = foldersOf(join(home, "api"), code === undefined ? undefined : join(home, code));
    expect(folders).toEqual(expected.map((folder) => join(home, folder)));
  });

  it("tell of code that is built for the first time, and of a folder that was deleted and made anew", async () => {
    const code = join(home, "out", "code");
    const told: string[] = [];
    let next = Promise.withResolvers<void>();
    const stop = watchFolders(foldersOf(join(home, "api"), code), (paths) => {
      told.push(...paths);
      next.resolve();
    });
    /** Until it was told of the file, or of the folder that has it. */
    const heard = async (file: string): Promise<void> => {
      while (!told.includes(file) && !told.includes("code")) {
        await next.promise;
        next = Promise.withResolvers();
      }
      told.length = 0;
    };
    const build = (file: string): void => {
      mkdirSync(code, { recursive: true });
      writeFileSync(join(code, file), "");
    };
    try {
      build("first.mjs");
      await heard("first.mjs");
      rmSync(code, { recursive: true });
      build("second.mjs");
      await heard("second.mjs");
      for (const file of ["third.mjs", "fourth.mjs", "fifth.mjs"]) {
        rmSync(join(home, "out"), { recursive: true });
        build(file);
        await heard(file);
      }
    } finally {
      stop();
    }
  });

  it("tell of code that was built anew", async () => {
    const told = Promise.withResolvers<readonly string[]>();
    const stop = watchFolders(foldersOf(join(home, "api"), join(home, "dist")), told.resolve);
    try {
      writeFileSync(join(home, "dist", "orders.mjs"), "");
      expect(await told.promise).toEqual(["orders.mjs"]);
    } finally {
      stop();
    }
  });
});
