#!/usr/bin/env node
/** Terminal entry point. Checks the Node version before it loads any code that an old Node cannot parse. */
import { isOlder } from "./model/node/version.ts";

if (isOlder(process.version, 20, 12)) {
  process.stderr.write(`gatewright needs Node.js 20.12 or newer; this is ${process.version}.\n`);
  process.exitCode = 1;
} else {
  if (isOlder(process.version, 22)) await import("./model/node/node20.ts");
  const [{ runCli }, { processIo }] = await Promise.all([
    import("./cli/commands/run.ts"),
    import("./cli/io.ts"),
  ]);
  process.exitCode = await runCli(process.argv.slice(2), processIo());
}
