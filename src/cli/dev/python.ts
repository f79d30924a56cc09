/** Python programs: found on the machine, and installed beside nothing else, in a virtual environment. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";

export const PYTHON_FORM = "Python 3.10 or newer";

const NEW_ENOUGH = "import sys; sys.exit(0 if sys.version_info >= (3, 10) else 1)";

/** The first Python that is new enough, or the one in `PYTHON`. */
export function findPython(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const candidates = [
    env.PYTHON,
    "python3",
    "/usr/bin/python3",
    "python3.14",
    "python3.13",
    "python3.12",
    "python3.11",
  ];
  return candidates.find(
    (candidate) =>
      candidate !== undefined &&
      candidate !== "" &&
      spawnSync(candidate, ["-c", NEW_ENOUGH], { env: { ...env } }).status === 0,
  );
}

/**
 * Makes a virtual environment and installs packages into it.
 * @param packages what pip takes: `ministack==1.5.33`, or `-r` and a file
 * @throws Error with the program's output and what to do
 */
export function installPython(python: string, folder: string, packages: readonly string[]): void {
  run(
    python,
    ["-m", "venv", folder],
    "Python's venv module is missing: on Debian, apt-get install python3-venv.",
  );
  const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", ...packages];
  run(
    join(folder, "bin/python"),
    pip,
    "Check that PyPI can be reached (pip's own settings and proxies apply).",
  );
}

function run(command: string, args: readonly string[], hint: string): void {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: "utf8" });
  if (status === 0) return;
  throw new Error(`${command} ${args.join(" ")} failed:\n${stdout}${stderr}\n${hint}`);
}
