/**
 * `npm test` checks in order: format, types, lint, generated files, emulators and programs, and then runs vitest. It stops at the
 * first failure and says what to do. Arguments go to vitest: `npm test -- test/unit/plan`.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { setUpActionlint } from "./setup-actionlint.ts";
import { setUpDebian } from "./setup-debian.ts";
import { setUpEmulators } from "./setup-emulators.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const NOTHING = Buffer.alloc(0);

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

/** Every file of a folder with its content. */
function filesOf(folder: string): ReadonlyMap<string, Buffer> {
  if (!existsSync(folder)) return new Map();
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
  return new Map(
    names
      .filter((name) => statSync(join(folder, name)).isFile())
      .map((name) => [name, readFileSync(join(folder, name))]),
  );
}

/** dist/ is committed. Builds into another folder and compares, because dist/ must match the sources. */
function checkDist(): void {
  const aside = join(ROOT, ".cache/dist-check");
  run(process.execPath, ["scripts/build.ts", aside], "The build must succeed.");
  const [committed, made] = [filesOf(join(ROOT, "dist")), filesOf(aside)];
  rmSync(aside, { recursive: true, force: true });
  const names = [...new Set([...committed.keys(), ...made.keys()])];
  const stale = names.filter((name) => !(made.get(name)?.equals(committed.get(name) ?? NOTHING) ?? false));
  if (stale.length > 0)
    failed(
      `dist/ is not what the sources make: ${stale.slice(0, 5).join(", ")}${stale.length > 5 ? ", …" : ""}`,
      "Fix it with: npm run build; then commit dist/ together with the sources.",
    );
}

step("format", () => run("npm", ["run", "--silent", "format:check"], "Fix it with: npm run format"));
step("types", () => run("npm", ["run", "--silent", "types"], "The compiler's messages above say where."));
step("lint", () => run("npm", ["run", "--silent", "lint"], "Biome's messages above say where."));
step("generated documents are current", () =>
  run("npm", ["run", "--silent", "docs:check"], "Fix it with: npm run docs"),
);
step("dist/ is current", checkDist);
step("emulators", () => {
  try {
    setUpEmulators(console.log);
  } catch (error) {
    failed("the local AWSs are missing", error instanceof Error ? error.message : String(error));
  }
});
step("Debian packages", () => {
  try {
    setUpDebian(console.log);
  } catch (error) {
    failed("programs are missing", error instanceof Error ? error.message : String(error));
  }
});
step("actionlint", () => setUpActionlint(console.log));
// The acceptance tests run the committed bundles.
process.env.GATEWRIGHT_DIST = join(ROOT, "dist");
step("vitest", () =>
  run(
    process.execPath,
    ["node_modules/vitest/vitest.mjs", "run", ...process.argv.slice(2)],
    "A test failed.",
  ),
);
