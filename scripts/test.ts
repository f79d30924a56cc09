/**
 * `npm test` checks format, types, lint, generated documents and dist/ while it installs emulators and programs, and then runs vitest.
 * It stops at the first failure and says what to do. Arguments go to vitest: `npm test -- test/unit/plan`.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { sideBySide } from "./side-by-side.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const NOTHING = Buffer.alloc(0);

const failed: (what: string, hint: string) => never = (what, hint) => {
  console.error(`\nnpm test: ${what}\n${hint}`);
  process.exit(1);
};

const { start, end } = sideBySide(ROOT);
// A check that fails, Ctrl+C, or a terminal that is closed, also ends what was started beside it.
process.once("exit", end);
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => process.exit(1));

/** What comes before the tests: its output is shown when it has ended. */
async function step(name: string, hint: string, command: string, args: readonly string[]): Promise<void> {
  const started = Date.now();
  const { status, output } = await start(command, args);
  console.log(`== ${name}: ${((Date.now() - started) / 1000).toFixed(1)} s\n${output}`);
  if (status !== 0) failed(`${[command, ...args].join(" ")} failed`, hint);
}

const check = (name: string, script: string, hint: string): Promise<void> =>
  step(name, hint, "npm", ["run", "--silent", script]);
const setUp = (name: string, file: string): Promise<void> =>
  step(name, "The message above says what is missing.", process.execPath, [`scripts/${file}`]);

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
async function checkDist(): Promise<void> {
  const aside = join(ROOT, ".cache/dist-check");
  await step("build", "The build must succeed.", process.execPath, ["scripts/build.ts", aside]);
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

async function checks(): Promise<void> {
  await check("format", "format:check", "Fix it with: npm run format");
  await check("lint", "lint", "Biome's messages above say where.");
  await check("generated documents are current", "docs:check", "Fix it with: npm run docs");
  await checkDist();
}

// The compiler takes as long as the other checks; the emulators wait for the network for most of their time.
await Promise.all([
  check("types", "types", "The compiler's messages above say where."),
  checks(),
  setUp("emulators", "setup-emulators.ts"),
  setUp("Debian packages", "setup-debian.ts"),
  setUp("actionlint", "setup-actionlint.ts"),
]);
// The acceptance tests run the committed bundles.
process.env.GATEWRIGHT_DIST = join(ROOT, "dist");
const started = Date.now();
const { status } = spawnSync(
  process.execPath,
  ["node_modules/vitest/vitest.mjs", "run", ...process.argv.slice(2)],
  { cwd: ROOT, stdio: "inherit" },
);
console.log(`== vitest: ${((Date.now() - started) / 1000).toFixed(1)} s`);
if (status !== 0) failed("vitest failed", "A test failed.");
