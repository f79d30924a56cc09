#!/usr/bin/env node
import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);
var[major=0,minor=0]=process.versions.node.split(".").map(Number);if(major<20||major===20&&minor<12)process.stderr.write(`gatewright needs Node.js 20.12 or newer; this is ${process.version}.
`),process.exitCode=1;else{major<22&&await import("./node20-TJSK56CJ.mjs");let[{runCli},{processIo}]=await Promise.all([import("./run-SKZTHCYM.mjs"),import("./io-LQOQLLFJ.mjs")]);process.exitCode=await runCli(process.argv.slice(2),processIo())}
