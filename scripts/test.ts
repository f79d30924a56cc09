/**
 * What `npm test` runs, in order: format, types, lint, generated files are current, emulators are installed, vitest.
 * Stops at the first failure, which says what to do. Arguments go to vitest: `npm test -- test/unit/plan`.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { setUpEmulators } from "./setup-emulators.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** Files that a script makes and git holds; each must be what its script makes of the sources. */
const GENERATED = [{ script: "build", paths: ["dist/**/*"] }];

const failed: (what: string, hint: string) => never = (what, hint) => {
  console.error(`\nnpm test: ${what}\n${hint}`);
  process.exit(1);
};

function step(name: string, work: () => void): void {
  const started = Date.now();
  console.log(`== ${name}`);
  work();
  console.log(`== ${name}: ${((Date.now() - started) / 1000).toFixed(1)} s\n`);
}

function run(command: string, args: readonly string[], hint: string): void {
  const { status, error } = spawnSync(command, args, { cwd: ROOT, stdio: "inherit" });
  if (status !== 0)
    failed(`${[command, ...args].join(" ")} failed${error ? `: ${error.message}` : ""}`, hint);
}

function digest(patterns: readonly string[]): string {
  const hash = createHash("sha256");
  for (const file of globSync([...patterns], { cwd: ROOT, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort())
    hash.update(file).update("\0").update(readFileSync(file)).update("\0");
  return hash.digest("hex");
}

step("format", () => run("npm", ["run", "--silent", "format:check"], "Mend it with: npm run format"));
step("types", () => run("npm", ["run", "--silent", "types"], "The compiler's messages above say where."));
step("lint", () => run("npm", ["run", "--silent", "lint"], "Biome's messages above say where."));
for (const { script, paths } of GENERATED) {
  step(`npm run ${script} changes nothing`, () => {
    const before = digest(paths);
    run("npm", ["run", "--silent", script], `npm run ${script} must succeed.`);
    if (digest(paths) !== before)
      failed(
        `${paths.join(", ")} was not what the sources make`,
        "It is rebuilt now: look at it and commit it.",
      );
  });
}
step("emulators", () => {
  try {
    setUpEmulators(console.log);
  } catch (error) {
    failed("the local AWSs are missing", error instanceof Error ? error.message : String(error));
  }
});
step("vitest", () =>
  run(
    process.execPath,
    ["node_modules/vitest/vitest.mjs", "run", ...process.argv.slice(2)],
    "A test failed.",
  ),
);
