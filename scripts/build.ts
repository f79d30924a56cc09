/**
 * Builds dist/: `npm run build [outdir]`; with `--bot` the bot as a server instead, which is not committed. The same sources give the
 * same bytes. Entry points are small and load the rest when they need it (AWS clients, Octokit). The sandbox's thread, its guest, the
 * WebAssembly file, rubico and sucrase are separate files, which src/spec/sandbox/assets.ts finds.
 */
import { chmodSync, copyFileSync, cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { type BuildOptions, build as esbuild, type Metafile, transform } from "esbuild";
import { packRubico } from "../src/spec/sandbox/rubico.ts";
import { licensesOf } from "./licenses.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const require = createRequire(import.meta.url);

/** Commands and libraries, of dist/. */
const ENTRIES: Entries = {
  main: "src/main.ts",
  cli: "src/cli.ts",
  index: "src/index.ts",
  "bot-workflow": "bot/workflow/main.ts",
};

/** From one file instead of 1,400 the bot starts, and evaluates a spec, in less than half of the time. */
const BOT: Entries = { bot: "bot/main.ts" };
/** Its embedded database finds its files beside its own. */
const LEFT_IN_NODE_MODULES = ["@electric-sql/pglite"];

type Entries = Readonly<Record<string, string>>;

/** Names are kept, so that stack traces in bug reports are readable. */
const smaller = { minifyWhitespace: true, minifySyntax: true, charset: "utf8" } satisfies BuildOptions;

const common = {
  absWorkingDir: root,
  bundle: true,
  platform: "node",
  format: "esm",
  // ES modules if a package has both: unused code is dropped, and `import()` finds their named exports.
  mainFields: ["module", "main"],
  target: "node20",
  outExtension: { ".js": ".mjs" },
  ...smaller,
  legalComments: "none",
  metafile: true,
  logLevel: "warning",
} satisfies BuildOptions;

/** CommonJS packages inside an ES module still say `require("node:fs")`. */
const requireBanner = {
  js: 'import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);',
};

/** Builds dist/ into an empty folder. */
export const build = (outdir: string): Promise<void> => bundle(ENTRIES, outdir, []);

/** Builds the bot as a server into an empty folder, below one with its packages: `bot.mjs`. */
const buildBot = (outdir: string): Promise<void> => bundle(BOT, outdir, LEFT_IN_NODE_MODULES);

async function bundle(entries: Entries, outdir: string, external: string[]): Promise<void> {
  rmSync(outdir, { recursive: true, force: true });
  mkdirSync(outdir, { recursive: true });
  const entryPoints = Object.entries(entries).filter(([, path]) => existsSync(join(root, path)));
  const results = await Promise.all([
    esbuild({
      ...common,
      entryPoints: Object.fromEntries(entryPoints),
      outdir,
      splitting: true,
      external,
      chunkNames: "[name]-[hash]",
      banner: requireBanner,
    }),
    // One file each, so that a thread starts after one read.
    esbuild({
      ...common,
      entryPoints: {
        "sandbox-worker": "src/spec/sandbox/thread/worker.ts",
        "zip-thread": "src/source/threads/zip-thread.ts",
        "unzip-thread": "src/source/threads/unzip-thread.ts",
        "ignore-thread": "src/source/threads/ignore-thread.ts",
      },
      outdir,
      banner: requireBanner,
    }),
    // For QuickJS, not for Node.
    esbuild({
      ...common,
      entryPoints: { "sandbox-guest": "src/spec/sandbox/guest/start.ts" },
      outdir,
      platform: "neutral",
      target: "es2023",
      outExtension: { ".js": ".js" },
    }),
    // CommonJS, because a synchronous call loads it.
    esbuild({
      ...common,
      stdin: { contents: 'export { transform } from "sucrase";', resolveDir: root },
      outfile: join(outdir, "sucrase.cjs"),
      format: "cjs",
      outExtension: {},
    }),
  ]);
  for (const { metafile } of results) refuseLazyCommonJs(metafile);
  copyFileSync(require.resolve("@jitl/quickjs-wasmfile-release-sync/wasm"), join(outdir, "quickjs.wasm"));
  // Whitespace only: the value of its last expression is the result, which an optimizer would take for unused.
  const { code } = await transform(packRubico(), {
    minifyWhitespace: true,
    legalComments: "inline",
    charset: "utf8",
  });
  writeFileSync(join(outdir, "rubico.js"), code);
  cpSync(join(root, "templates"), join(outdir, "templates"), { recursive: true });
  if (existsSync(join(outdir, "cli.mjs"))) chmodSync(join(outdir, "cli.mjs"), 0o755);
  writeFileSync(join(outdir, "licenses.txt"), licensesOf(root, inputsOf(results), ["rubico"]));
}

/**
 * `const { a } = await import("package")` of a CommonJS package works from the sources, but in a split bundle only `default`
 * exists. This check finds such lines at build time.
 */
function refuseLazyCommonJs({ inputs, outputs }: Metafile): void {
  for (const { entryPoint, exports } of Object.values(outputs)) {
    const lazy = entryPoint?.includes("node_modules/") === true && exports.join() === "default";
    if (lazy && inputs[entryPoint]?.format === "cjs") {
      throw new Error(`${entryPoint} is CommonJS and imported with import(): import it statically`);
    }
  }
}

function inputsOf(results: readonly { readonly metafile: Metafile }[]): readonly string[] {
  return results.flatMap(({ metafile }) => Object.keys(metafile.inputs));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values, positionals } = parseArgs({
    options: { bot: { type: "boolean", default: false } },
    allowPositionals: true,
  });
  const [outdir = values.bot ? ".cache/bot" : "dist", ...more] = positionals;
  if (more.length > 0) throw new Error(`one folder at a time, not also ${more.join(", ")}`);
  await (values.bot ? buildBot : build)(resolve(root, outdir));
}
