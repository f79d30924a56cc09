import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);
import{loadStack}from"./chunk-FUNBO7JJ.mjs";import"./chunk-RKSE46TA.mjs";import"./chunk-TAXWCMPF.mjs";import"./chunk-RNQUXPWN.mjs";import"./chunk-XMZKOTKP.mjs";import"./chunk-46KJX7VP.mjs";import"./chunk-TO47FPGE.mjs";import"./chunk-C6527ZT4.mjs";import"./chunk-RNKPWAFA.mjs";async function run({io,stack,aws}){let[spec,{specGraph}]=await Promise.all([loadStack(stack,aws),import("./graph-QT6DZFUX.mjs")]);return io.out(`${specGraph(spec.resources)}
`),0}export{run};
