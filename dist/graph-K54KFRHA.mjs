import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);
import{loadStack}from"./chunk-SBY7DNHN.mjs";import"./chunk-ECWAF5V7.mjs";import"./chunk-P7Z3T66F.mjs";import"./chunk-4HLFA36W.mjs";import"./chunk-WIB5CPHO.mjs";import"./chunk-DBXSCYP5.mjs";import"./chunk-5OITGOPR.mjs";import"./chunk-RNKPWAFA.mjs";async function run({io,stack,aws}){let[spec,{specGraph}]=await Promise.all([loadStack(stack,aws),import("./graph-4RN3AZIO.mjs")]);return io.out(`${specGraph(spec.resources)}
`),0}export{run};
