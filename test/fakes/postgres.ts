/** A throw-away Postgres server from Debian's package: its own cluster on a free port, gone afterwards. */
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../free-port.ts";

export interface FakePostgres {
  readonly port: number;
  /** The URL of a database, made when it is not there. */
  database(name: string): string;
  /** Ends the server (`immediate` is a crash: no checkpoint, recovery at the next start). */
  halt(how?: "fast" | "immediate"): void;
  /** Starts it again with the same data, on the same port. */
  resume(): void;
  /** Ends it and removes its data. */
  stop(): void;
}

/** Runs as the user `postgres` when we are root, because Postgres refuses root. */
export async function startPostgres(): Promise<FakePostgres> {
  const bin = findBinaries();
  const folder = mkdtempSync(join(tmpdir(), "gatewright-postgres-"));
  const data = join(folder, "data");
  const root = process.getuid?.() === 0;
  if (root) execFileSync("chown", ["postgres", folder]);
  chmodSync(folder, 0o700);
  const run = (command: string, args: readonly string[]): string => {
    const [program, list] = root
      ? ["runuser", ["-u", "postgres", "--", join(bin, command), ...args]]
      : [join(bin, command), [...args]];
    // Output goes to a file or nowhere: a server that inherits a pipe would keep us waiting.
    const done = spawnSync(program, list, {
      cwd: folder,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });
    if (done.status !== 0) throw new Error(`${command} failed: ${done.stderr || done.stdout || done.error}`);
    return done.stdout;
  };
  run("initdb", [
    "-D",
    data,
    "-U",
    "gatewright",
    "-A",
    "trust",
    "-E",
    "UTF8",
    "--no-sync",
    "--no-instructions",
  ]);
  const port = await freePort();
  const settings = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${folder} -c fsync=off -c shared_buffers=32MB -c max_connections=100`;
  const start = (): void => {
    run("pg_ctl", ["-D", data, "-o", settings, "-l", join(folder, "log"), "-w", "-t", "60", "start"]);
  };
  const halt = (how: "fast" | "immediate" = "fast"): void => {
    if (existsSync(join(data, "postmaster.pid"))) run("pg_ctl", ["-D", data, "-m", how, "-w", "stop"]);
  };
  const stop = (): void => {
    process.off("exit", stop);
    try {
      halt("immediate");
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
  process.on("exit", stop);
  try {
    start();
  } catch (error) {
    const log = existsSync(join(folder, "log")) ? readFileSync(join(folder, "log"), "utf8") : "";
    stop();
    throw new Error(`the test's Postgres did not start: ${error}\n${log}`);
  }
  const made = new Set<string>();
  return {
    port,
    database: (name) => {
      if (!made.has(name)) {
        run("createdb", ["-h", "127.0.0.1", "-p", String(port), "-U", "gatewright", name]);
        made.add(name);
      }
      return `postgres://gatewright@127.0.0.1:${port}/${name}`;
    },
    halt,
    resume: start,
    stop,
  };
}

function findBinaries(): string {
  const base = "/usr/lib/postgresql";
  const versions = existsSync(base) ? readdirSync(base).map(Number).filter(Number.isFinite) : [];
  const newest = versions.sort((one, other) => other - one)[0];
  const bin = join(base, String(newest), "bin");
  if (newest === undefined || !existsSync(join(bin, "initdb"))) {
    throw new Error("the tests with several replicas need Postgres: apt-get install -y postgresql");
  }
  return bin;
}
