import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);
import{VERSION}from"./chunk-5OITGOPR.mjs";import"./chunk-RNKPWAFA.mjs";console.log(`Gatewright ${VERSION}`);var{runAction}=await import("./run-FMI6NR56.mjs");await runAction(process.env);
