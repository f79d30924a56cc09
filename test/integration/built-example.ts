/**
 * Builds examples/built-code as its workflow does: the very `run` steps of build.yml, with esbuild; what needs a registry (npm install,
 * pip) or a compiler that not every machine has (go) is played.
 */
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, relative } from "node:path";
import { parse } from "yaml";
import { type BuiltCode, codeOfFolder } from "../../src/source/built-code.ts";

const ROOT = join(import.meta.dirname, "../..");
const EXAMPLE = join(ROOT, "examples/built-code");

const PLAYED: Readonly<Record<string, string>> = {
  npm: '[ "$1" = install ] || exec sh -c "$(node -p \'require("./package.json").scripts.build\')"',
  // pip install --no-compile --requirement FILE --target FOLDER
  pip: 'mkdir -p "$6/humanize" && printf "def intcomma(n):\\n    return f\'{n:,}\'\\n" > "$6/humanize/__init__.py"',
  // go build -C FOLDER -trimpath -o FILE .
  go: 'cd "$3" && printf "#!/bin/sh\\n" > "$6" && chmod 755 "$6"',
};

interface Step {
  readonly run?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, string>>;
}

export interface BuiltExample {
  readonly folder: string;
  /** What the workflow uploads: artifacts with their files, as actions/upload-artifact puts them in. */
  readonly artifacts: Readonly<Record<string, Readonly<Record<string, Uint8Array>>>>;
  /** The code for the stack in this folder of examples/; undefined for those that are not built. */
  codeFor(directory: string): BuiltCode | undefined;
  remove(): void;
}

export function buildExample(): BuiltExample {
  const folder = mkdtempSync(join(tmpdir(), "gatewright-built-example-"));
  cpSync(EXAMPLE, folder, { recursive: true });
  const programs = join(folder, ".programs");
  mkdirSync(programs);
  for (const [name, script] of Object.entries(PLAYED)) {
    writeFileSync(join(programs, name), `#!/bin/sh\nset -e\n${script}\n`);
    chmodSync(join(programs, name), 0o755);
  }
  const env = {
    PATH: [programs, join(ROOT, "node_modules/.bin"), process.env.PATH].join(":"),
    NODE_PATH: join(ROOT, "node_modules"),
  };
  const artifacts: Record<string, Record<string, Uint8Array>> = {};
  for (const step of steps()) {
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
  return {
    folder,
    artifacts,
    codeFor: (directory) =>
      directory === basename(EXAMPLE) ? codeOfFolder(join(folder, "dist")) : undefined,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function steps(): readonly Step[] {
  const text = readFileSync(join(EXAMPLE, ".github/workflows/build.yml"), "utf8");
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
