#!/usr/bin/env node
/** Terminal entry. Old Node versions are told so before anything is loaded that they cannot read. */
const [major = "0"] = process.versions.node.split(".");
if (Number(major) < 20) {
  process.stderr.write(`gatewright needs Node.js 20 or newer; this is ${process.version}.\n`);
  process.exitCode = 1;
} else {
  if (Number(major) < 22) await import("./cli/node20.ts");
  const [{ runCli }, { processIo }] = await Promise.all([import("./cli/commands/run.ts"), import("./cli/io.ts")]);
  process.exitCode = await runCli(process.argv.slice(2), processIo());
}

export {};
