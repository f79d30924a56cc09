/**
 * One process per data folder. Node has no flock, so: a file made exclusively, with who holds it, and a heartbeat on
 * its modification time. A holder on this machine is looked up by process id and start time, which shows at once
 * whether it lives (ids are used again: in a container every bot has the same). A holder elsewhere, on a shared
 * volume, counts as dead when its heartbeat stops.
 */
import { randomUUID } from "node:crypto";
import { readFileSync, readlinkSync } from "node:fs";
import { open, readFile, rename, rm, stat, utimes } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { fail } from "../../../src/model/errors.ts";
import { systemClock } from "../../../src/model/clock.ts";

const HEARTBEAT_MS = 1000;
/** Four heartbeats and then some: a busy event loop is not a dead process. */
const SILENT_MS = 10_000;

interface Holder {
  readonly token: string;
  readonly pid: number;
  readonly place: string;
  readonly started: string;
  readonly since: string;
}

export interface FolderLock {
  release(): Promise<void>;
}

interface FolderLockOptions {
  /** Called once when the file is no longer ours: another process took it over, or it was removed. */
  readonly onLost?: ((reason: string) => void) | undefined;
  readonly heartbeatMs?: number | undefined;
  readonly silentMs?: number | undefined;
}

/** Takes the folder, or throws DATABASE_LOCKED saying who has it. Waits only for a holder on another machine. */
export async function lockFolder(folder: string, options: FolderLockOptions = {}): Promise<FolderLock> {
  const { heartbeatMs = HEARTBEAT_MS, silentMs = SILENT_MS } = options;
  const path = join(folder, "gatewright.lock");
  const me = describeSelf();
  const giveUp = Date.now() + silentMs + 2 * heartbeatMs;
  for (;;) {
    if (await makeExclusively(path, me)) {
      // Somebody who moved another's fresh lock aside by mistake puts it back within this moment.
      await systemClock.sleep(50);
      if ((await look(path))?.holder?.token === me.token) return hold(path, me, heartbeatMs, options.onLost);
    }
    const found = await look(path);
    if (found === undefined) continue;
    const alive = isAlive(found.holder);
    if (alive === "yes" || (alive === "unknown" && found.silentFor <= silentMs && Date.now() > giveUp))
      refuse(folder, found.holder);
    if (alive === "no" || found.silentFor > silentMs) await removeStale(path, found.holder);
    else await systemClock.sleep(Math.min(heartbeatMs, 250));
  }
}

function refuse(folder: string, holder: Holder | undefined): never {
  const who =
    holder === undefined
      ? "another process"
      : `process ${holder.pid} on ${hostOf(holder)} since ${holder.since}`;
  fail("DATABASE_LOCKED", `the data folder ${folder} is in use by ${who}`, {
    hint: "One bot per data folder: stop the other one, set DATA_DIRECTORY to another folder, or give all replicas one DATABASE_URL.",
  });
}

async function makeExclusively(path: string, holder: Holder): Promise<boolean> {
  try {
    const file = await open(path, "wx", 0o600);
    try {
      await file.writeFile(JSON.stringify(holder));
    } finally {
      await file.close();
    }
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    return fail(
      "DATABASE_FOLDER",
      `the data folder cannot be locked: ${error instanceof Error ? error.message : error}`,
      {
        hint: "The folder must be writable and its disk must have space.",
        cause: error,
      },
    );
  }
}

/** Who holds it and for how long nothing was heard. A file that is being written has no readable holder yet. */
async function look(
  path: string,
): Promise<{ readonly holder: Holder | undefined; readonly silentFor: number } | undefined> {
  try {
    const [text, { mtimeMs }] = [await readFile(path, "utf8"), await stat(path)];
    return { holder: parseHolder(text), silentFor: Date.now() - mtimeMs };
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

/**
 * Of several processes that find a dead holder, one may remove it: moving the file away is atomic, and what was moved
 * is compared with what was judged. A fresh lock moved by mistake is put back before its owner looks again.
 */
async function removeStale(path: string, judged: Holder | undefined): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return;
    throw error;
  }
  const moved = parseHolder(await readFile(aside, "utf8"));
  if (moved?.token === judged?.token) {
    await rm(aside, { force: true });
    return;
  }
  await rename(aside, path);
}

function hold(
  path: string,
  me: Holder,
  heartbeatMs: number,
  onLost: FolderLockOptions["onLost"],
): FolderLock {
  let released = false;
  let missed = 0;
  const timer = setInterval(async () => {
    const found = await look(path).catch(() => "unreadable" as const);
    if (released || found === "unreadable") return;
    if (found?.holder?.token === me.token) {
      missed = 0;
      const now = new Date();
      await utimes(path, now, now).catch(() => {});
      return;
    }
    // Once may be the moment in which somebody puts a lock back.
    missed += 1;
    if (missed < 2) return;
    clearInterval(timer);
    onLost?.(
      found?.holder === undefined
        ? "the lock file was removed"
        : `process ${found.holder.pid} on ${hostOf(found.holder)} took the folder`,
    );
  }, heartbeatMs);
  timer.unref();
  return {
    release: async () => {
      if (released) return;
      released = true;
      clearInterval(timer);
      const found = await look(path).catch(() => undefined);
      if (found?.holder?.token === me.token) await rm(path, { force: true });
    },
  };
}

function describeSelf(): Holder {
  return {
    token: randomUUID(),
    pid: process.pid,
    place: placeOfProcesses(),
    started: startOf(process.pid) ?? "",
    since: new Date().toISOString(),
  };
}

/** Where process ids mean the same: this host, this boot, this pid namespace. */
function placeOfProcesses(): string {
  const read = (get: () => string): string => {
    try {
      return get().trim();
    } catch {
      return "";
    }
  };
  const boot = read(() => readFileSync("/proc/sys/kernel/random/boot_id", "utf8"));
  const namespace = read(() => readlinkSync("/proc/self/ns/pid"));
  return [hostname(), boot, namespace].join(" ");
}

function hostOf({ place }: Holder): string {
  return place.split(" ")[0] ?? place;
}

function isAlive(holder: Holder | undefined): "yes" | "no" | "unknown" {
  if (holder === undefined || holder.place !== placeOfProcesses()) return "unknown";
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    // EPERM: somebody else's process, so it lives.
    if (codeOf(error) === "ESRCH") return "no";
  }
  const started = startOf(holder.pid);
  if (started === "gone") return "no";
  return started !== undefined && holder.started !== "" && started !== holder.started ? "no" : "yes";
}

/** Field 22 of /proc/PID/stat: clock ticks after boot; `gone` for a zombie. Undefined where there is no /proc. */
function startOf(pid: number): string | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name in the second field may hold spaces and brackets.
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" || fields[0] === "X" ? "gone" : fields[19];
  } catch {
    return undefined;
  }
}

function parseHolder(text: string): Holder | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null) return undefined;
    const { token, pid, place, started, since } = value as Partial<Record<keyof Holder, unknown>>;
    return typeof token === "string" && typeof pid === "number" && typeof place === "string"
      ? { token, pid, place, started: String(started), since: String(since) }
      : undefined;
  } catch {
    return undefined;
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error ? (error as Error & { readonly code?: unknown }).code : undefined;
}
