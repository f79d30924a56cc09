#!/usr/bin/env node
/** Terminal entry point. Checks the Node version before it loads any code that an old Node cannot parse. */
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 12)) {
  process.stderr.write(`gatewright needs Node.js 20.12 or newer; this is ${process.version}.\n`);
  process.exitCode = 1;
} else {
  if (major < 22) await import("./cli/node20.ts");
  const [{ runCli }, { processIo }] = await Promise.all([
    import("./cli/commands/run.ts"),
    import("./cli/io.ts"),
  ]);
  process.exitCode = await runCli(process.argv.slice(2), processIo());
}

export {};
