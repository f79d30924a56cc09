/**
 * `npm run bot`. In JavaScript, so that a Node that cannot run TypeScript says so in one sentence:
 * https://nodejs.org/api/typescript.html#type-stripping
 */
import nodeModule from "node:module";
import { fileURLToPath } from "node:url";

const [major = 0, minor = 0] = process.version.slice(1).split(".").map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(
    `The bot needs Node.js 22.18 or newer; this is ${process.version}. npm ci without --omit=dev installs one.\n`,
  );
  process.exitCode = 1;
} else {
  // The second start, and each evaluation of a spec, takes half of the time. Beside the sources, because whoever may write there may do all.
  nodeModule.enableCompileCache(fileURLToPath(new URL("../.cache/compiled", import.meta.url)));
  await import("./main.ts");
}
