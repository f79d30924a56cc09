import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);
import{VERSION}from"./chunk-C6527ZT4.mjs";import"./chunk-RNKPWAFA.mjs";console.log(`Gatewright ${VERSION}`);var{runAction}=await import("./run-EHLZPICY.mjs");await runAction(process.env);
