import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);
import{loadStack}from"./chunk-RN3RAYDJ.mjs";import"./chunk-RNQUXPWN.mjs";import"./chunk-XMZKOTKP.mjs";import"./chunk-RKSE46TA.mjs";import"./chunk-OU2Q3HWE.mjs";import"./chunk-VZZVBNZ2.mjs";import"./chunk-TO47FPGE.mjs";import"./chunk-C6527ZT4.mjs";import"./chunk-RNKPWAFA.mjs";async function run({io,stack,aws}){let[spec,{specGraph}]=await Promise.all([loadStack(stack,aws),import("./graph-2POFB6WS.mjs")]);return io.out(`${specGraph(spec.resources)}
`),0}export{run};
