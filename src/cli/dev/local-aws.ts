/** The local AWS of `gatewright dev`: MiniStack, of the machine or installed once into the user's cache. */
import { spawnSync } from "node:child_process";
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { fail, messageOf } from "../../model/errors.ts";
import { findPython, installPython, PYTHON_FORM } from "./python.ts";
import type { ServerProgram } from "./server.ts";

export const MINISTACK_VERSION = "1.5.33";

interface Machine {
  readonly findPython: typeof findPython;
  readonly installPython: typeof installPython;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * MiniStack's program: the one on PATH, else the one that was installed into the cache, else it is installed there.
 * @throws DEV_PYTHON_MISSING, DEV_INSTALL_FAILED
 */
export function localAwsProgram(
  env: Environment,
  note: (line: string) => void,
  machine: Machine = { findPython, installPython },
): string {
  const found = onPath("ministack", env);
  if (found !== undefined) return found;
  const cache = env.XDG_CACHE_HOME || join(env.HOME || homedir(), ".cache");
  const folder = join(cache, "gatewright", `ministack-${MINISTACK_VERSION}`);
  const program = join(folder, "bin/ministack");
  // Written last, so that an interrupted installation is repeated.
  const stamp = join(folder, "installed");
  if (existsSync(stamp)) return program;
  const python = machine.findPython(env);
  if (python === undefined) {
    return fail(
      "DEV_PYTHON_MISSING",
      `gatewright dev needs ${PYTHON_FORM} for the local AWS, and found none`,
      {
        hint: "Install it (on Debian: apt-get install python3 python3-venv; on macOS: brew install python), or set PYTHON to its path. To look at a plan without it, use gatewright plan with AWS credentials.",
      },
    );
  }
  note(`Installing MiniStack ${MINISTACK_VERSION} into ${folder} with ${python}, once (about a minute)…`);
  try {
    rmSync(folder, { recursive: true, force: true });
    machine.installPython(python, folder, [`ministack==${MINISTACK_VERSION}`]);
    writeFileSync(stamp, "");
  } catch (error) {
    fail("DEV_INSTALL_FAILED", messageOf(error), {
      hint: `Run the command again when this is solved, or install it yourself: pip install ministack==${MINISTACK_VERSION}`,
      cause: error,
    });
  }
  return program;
}

function onPath(name: string, env: Environment): string | undefined {
  return (env.PATH ?? "")
    .split(delimiter)
    .filter((folder) => folder !== "")
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));
}

/**
 * MiniStack as a server that only this machine reaches: https://pypi.org/project/ministack/
 * @param temporary where it unpacks functions; else the system's folder
 */
export function miniStack(command: string, temporary?: string): ServerProgram {
  return {
    name: "MiniStack",
    command,
    args: () => [],
    env: (port) => ({
      GATEWAY_PORT: String(port),
      BIND_HOST: "127.0.0.1",
      // These would listen on every address of the machine.
      IOT_MTLS_ENABLED: "0",
      SFTP_ENABLED: "0",
      ...(temporary === undefined ? {} : { TMPDIR: temporary, TEMP: temporary, TMP: temporary }),
    }),
    ready: "/_ministack/health",
  };
}

/** True where functions can run: MiniStack starts `node` and `python3` for them. */
export function hasProgram(name: string): boolean {
  return spawnSync(name, ["--version"], { stdio: "ignore" }).status === 0;
}
