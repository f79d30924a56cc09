import { execFile, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { lockFolder } from "../../../../../bot/db/connect/folder-lock.ts";

const QUICK = { heartbeatMs: 50, silentMs: 400 };
const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "gatewright-lock-"));
  path = join(folder, "gatewright.lock");
  return () => rmSync(folder, { recursive: true, force: true });
});

function written(): Record<string, unknown> {
  return JSON.parse(readFileSync(path, "utf8"));
}

/** What is in the file when somebody else holds it. */
function holder(more: Record<string, unknown>): void {
  writeFileSync(path, JSON.stringify({ ...written(), ...more }));
}

describe("the lock of a data folder", () => {
  it("is held until it is released", async () => {
    const lock = await lockFolder(folder, QUICK);
    await expect(lockFolder(folder, QUICK)).rejects.toMatchObject({ code: "DATABASE_LOCKED" });
    await lock.release();
    await lock.release();
    expect(existsSync(path)).toBe(false);
    await (await lockFolder(folder, QUICK)).release();
  });

  it("is taken from a dead process at once", async () => {
    await lockFolder(folder, QUICK);
    const { pid } = spawnSync("true");
    holder({ token: "dead", pid });
    // Its silence would have to last longer than this test is given.
    const lock = await lockFolder(folder, { heartbeatMs: 50, silentMs: 3_600_000 });
    await lock.release();
  });

  it("is taken from a process whose number another one has now", async () => {
    await lockFolder(folder, QUICK);
    const child = spawn("sleep", ["60"]);
    onTestFinished(() => void child.kill());
    holder({ token: "dead", pid: child.pid, started: "1" });
    await (await lockFolder(folder, { heartbeatMs: 50, silentMs: 60_000 })).release();
    await lockFolder(folder, QUICK);
    // As in a container, where every bot has the same number.
    holder({ token: "dead", pid: process.pid, started: "1" });
    await (await lockFolder(folder, { heartbeatMs: 50, silentMs: 60_000 })).release();
  });

  it("is not taken from a living process, however silent", async () => {
    const lock = await lockFolder(folder, QUICK);
    const child = spawn("sleep", ["60"]);
    onTestFinished(() => void child.kill());
    await lock.release();
    await lockFolder(folder, { heartbeatMs: 60_000 });
    holder({ token: "alive", pid: child.pid, started: "" });
    utimesSync(path, 0, 0);
    await expect(lockFolder(folder, QUICK)).rejects.toMatchObject({
      code: "DATABASE_LOCKED",
      message: expect.stringContaining(`process ${child.pid}`),
    });
  });

  it("of another machine is taken when its heartbeat has stopped, and only then", async () => {
    await lockFolder(folder, { heartbeatMs: 60_000 });
    holder({ token: "elsewhere", place: "other-host boot pid:[1]" });
    const beating = setInterval(() => utimesSync(path, new Date(), new Date()), 50);
    await expect(lockFolder(folder, QUICK)).rejects.toMatchObject({
      message: expect.stringContaining("on other-host"),
    });
    clearInterval(beating);
    const lock = await lockFolder(folder, QUICK);
    await lock.release();
  });

  it("of a process that died while writing it is taken after a while", async () => {
    writeFileSync(path, '{"token":');
    await (await lockFolder(folder, QUICK)).release();
  });

  it("tells its holder when it is lost", async () => {
    const lost: string[] = [];
    const lock = await lockFolder(folder, { ...QUICK, onLost: (reason) => lost.push(reason) });
    holder({ token: "thief", pid: 42 });
    while (lost.length === 0) await pause(20);
    expect(lost).toEqual([expect.stringContaining("process 42")]);
    await lock.release();
    // The thief's lock is not ours to remove.
    expect(written().token).toBe("thief");
  });

  it("goes to one of many that come at the same time, also past a dead one", async () => {
    await lockFolder(folder, { heartbeatMs: 60_000 });
    holder({ token: "dead", pid: spawnSync("true").pid });
    const module = join(import.meta.dirname, "../../../../../bot/db/connect/folder-lock.ts");
    const script = `
      const { lockFolder } = await import(${JSON.stringify(module)});
      try { await lockFolder(${JSON.stringify(folder)}, { heartbeatMs: 50 }); console.log("got it"); await new Promise((r) => setTimeout(r, 4000)); }
      catch (error) { console.log(error.code); }
      process.exit(0);`;
    const run = promisify(execFile);
    const all = await Promise.all(
      [1, 2, 3, 4].map(() => run(process.execPath, ["--input-type=module", "-e", script])),
    );
    const said = all.map(({ stdout }) => stdout.trim()).sort();
    // One that comes so late that the first has ended may have it too; never two at the same time.
    expect(said.filter((text) => text === "got it").length).toBeGreaterThanOrEqual(1);
    expect(said.every((text) => text === "got it" || text === "DATABASE_LOCKED")).toBe(true);
    expect(said).toContain("DATABASE_LOCKED");
  });
});
