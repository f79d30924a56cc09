#!/usr/bin/env node
import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);
import{isOlder}from"./chunk-AV6LN5JI.mjs";import"./chunk-RNKPWAFA.mjs";if(isOlder(process.version,20,12))process.stderr.write(`gatewright needs Node.js 20.12 or newer; this is ${process.version}.
`),process.exitCode=1;else{isOlder(process.version,22)&&await import("./node20-IYSLVYSG.mjs");let[{runCli},{processIo}]=await Promise.all([import("./run-GYIGLX25.mjs"),import("./io-6AB4WIEK.mjs")]);process.exitCode=await runCli(process.argv.slice(2),processIo())}
