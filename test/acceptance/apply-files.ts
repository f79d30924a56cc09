/** Applies a stack's files to a world's AWS with the built terminal program, as the starting point of a test. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { runCli } from "./process.ts";
import type { World } from "./world.ts";

export async function applyFiles(
  { aws, awsEnv }: Pick<World, "aws" | "awsEnv">,
  files: Readonly<Record<string, string>>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "gatewright-apply-"));
  mkdirSync(join(folder, ".git"));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  const { code, stderr } = await runCli(["apply", "--yes"], { cwd: folder, env: awsEnv });
  rmSync(folder, { recursive: true, force: true });
  if (code !== 0) throw new Error(`applying the base failed:\n${stderr}`);
  aws.resetCalls();
}
