/**
 * Builds examples/built-code as its workflow does: the very `run` steps of build.yml, with esbuild; what needs a registry (npm install,
 * pip) or a compiler that not every machine has (go) is played.
 */
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { type BuiltCode, codeOfFolder } from "../../src/source/built-code.ts";
import { PLAYED_NPM, runBuild, type UploadedArtifacts } from "../workflow-build.ts";

const EXAMPLE = join(import.meta.dirname, "../../examples/built-code");

const PLAYED: Readonly<Record<string, string>> = {
  npm: PLAYED_NPM,
  // pip install --no-compile --requirement FILE --target FOLDER
  pip: 'mkdir -p "$6/humanize" && printf "def intcomma(n):\\n    return f\'{n:,}\'\\n" > "$6/humanize/__init__.py"',
  // go build -C FOLDER -trimpath -o FILE .
  go: 'cd "$3" && printf "#!/bin/sh\\n" > "$6" && chmod 755 "$6"',
};

export interface BuiltExample {
  readonly folder: string;
  /** What the workflow uploads. */
  readonly artifacts: UploadedArtifacts;
  /** The code for the stack in this folder of examples/; undefined for those that are not built. */
  codeFor(directory: string): BuiltCode | undefined;
  remove(): void;
}

export function buildExample(): BuiltExample {
  const folder = mkdtempSync(join(tmpdir(), "gatewright-built-example-"));
  cpSync(EXAMPLE, folder, { recursive: true });
  return {
    folder,
    artifacts: runBuild(folder, PLAYED),
    codeFor: (directory) =>
      directory === basename(EXAMPLE) ? codeOfFolder(join(folder, "dist")) : undefined,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
