/**
 * `npm run bot`. In JavaScript, so that a Node that cannot run TypeScript says so in one sentence:
 * https://nodejs.org/api/typescript.html#type-stripping
 */
const [major = 0, minor = 0] = process.version.slice(1).split(".").map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(
    `The bot needs Node.js 22.18 or newer; this is ${process.version}. npm ci without --omit=dev installs one.\n`,
  );
  process.exitCode = 1;
} else {
  await import("./main.ts");
}
