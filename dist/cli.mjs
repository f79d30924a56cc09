#!/usr/bin/env node
import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);
var[major="0"]=process.versions.node.split(".");if(Number(major)<20)process.stderr.write(`gatewright needs Node.js 20 or newer; this is ${process.version}.
`),process.exitCode=1;else{Number(major)<22&&await import("./node20-TJSK56CJ.mjs");let[{runCli},{processIo}]=await Promise.all([import("./run-RD72S4H2.mjs"),import("./io-LQOQLLFJ.mjs")]);process.exitCode=await runCli(process.argv.slice(2),processIo())}
