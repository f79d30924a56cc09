/**
 * What test files cost: processor seconds (theirs, and those of all programs that they start) and seconds on the clock. On a busy machine
 * only the first mean something. `node_modules/.bin/node scripts/test-times.ts test/integration/examples.test.ts …`
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

const files = process.argv.slice(2);
if (files.length === 0 || !files.every((file) => existsSync(join(ROOT, file)))) {
  console.error("Name test files, from the root of the repository.");
  process.exit(1);
}
// The acceptance tests run the committed bundles, as in npm test.
process.env.GATEWRIGHT_DIST ??= join(ROOT, "dist");
console.log("processor  clock  file");
for (const file of files) {
  const started = performance.now();
  // The shell's `times` prints, on its last line, what its children used: user, then system.
  const { stdout, status } = spawnSync(
    "bash",
    [
      "-c",
      '"$0" "$@" >/dev/null 2>&1; ended=$?; times; exit $ended',
      process.execPath,
      "node_modules/vitest/vitest.mjs",
      "run",
      "--maxWorkers=1",
      file,
    ],
    { cwd: ROOT, encoding: "utf8" },
  );
  const used = [...(stdout.trim().split("\n").at(-1) ?? "").matchAll(/(\d+)m([\d.]+)s/g)]
    .map(([, minutes, seconds]) => Number(minutes) * 60 + Number(seconds))
    .reduce((sum, seconds) => sum + seconds, 0);
  const clock = (performance.now() - started) / 1000;
  console.log(
    `${used.toFixed(0).padStart(9)}  ${clock.toFixed(0).padStart(5)}  ${file}${status === 0 ? "" : " (failed)"}`,
  );
}
