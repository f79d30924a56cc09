/**
 * Runs a workflow's `run` steps in a folder, as a runner would, and gives what its upload steps upload. What needs a registry or a
 * compiler that not every machine has is played by a script of its name.
 */
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { parse } from "yaml";

const ROOT = join(import.meta.dirname, "..");

interface Step {
  readonly run?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, string>>;
}

/** Artifacts by name, each with its files, as actions/upload-artifact puts them in. */
export type UploadedArtifacts = Readonly<Record<string, Readonly<Record<string, Uint8Array>>>>;

/** `npm install` has been done: packages are those of this repository. `npm run build` is the script of package.json. */
export const PLAYED_NPM =
  '[ "$1" = install ] || exec sh -c "$(node -p \'require("./package.json").scripts.build\')"';

/**
 * @param folder has the checked-out commit; what is built is written into it
 * @param played shell scripts by the program's name
 */
export function runBuild(folder: string, played: Readonly<Record<string, string>>): UploadedArtifacts {
  const programs = join(folder, ".programs");
  mkdirSync(programs);
  for (const [name, script] of Object.entries(played)) {
    writeFileSync(join(programs, name), `#!/bin/sh\nset -e\n${script}\n`);
    chmodSync(join(programs, name), 0o755);
  }
  const env = {
    PATH: [programs, join(ROOT, "node_modules/.bin"), join(ROOT, ".venv/bin"), process.env.PATH].join(":"),
    NODE_PATH: join(ROOT, "node_modules"),
    HOME: folder,
  };
  const artifacts: Record<string, Record<string, Uint8Array>> = {};
  for (const step of stepsIn(folder)) {
    if (step.run !== undefined) {
      const { status, stdout, stderr } = spawnSync("sh", ["-e", "-c", step.run], {
        cwd: folder,
        env,
        encoding: "utf8",
      });
      if (status !== 0) throw new Error(`${step.run}\n${stdout}${stderr}`);
    }
    if (step.uses?.startsWith("actions/upload-artifact@") === true)
      artifacts[step.with?.name ?? ""] = filesAt(join(folder, step.with?.path ?? ""));
  }
  return artifacts;
}

function stepsIn(folder: string): readonly Step[] {
  const text = readFileSync(join(folder, ".github/workflows/build.yml"), "utf8");
  const { jobs }: { jobs: Readonly<Record<string, { readonly steps: readonly Step[] }>> } = parse(text);
  return Object.values(jobs).flatMap((job) => job.steps);
}

/** Of a folder what is in it, of a file the file. */
function filesAt(path: string): Record<string, Uint8Array> {
  if (statSync(path).isFile()) return { [basename(path)]: readFileSync(path) };
  const files = readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map((entry) => {
      const file = join(entry.parentPath, entry.name);
      return [relative(path, file), readFileSync(file)];
    }),
  );
}
