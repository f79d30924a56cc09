import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);
import{changesGraph,mermaidGraph,specGraph}from"./chunk-DIKZIHK3.mjs";import"./chunk-OR7ULRIW.mjs";import"./chunk-GYG7M27S.mjs";import"./chunk-RNKPWAFA.mjs";export{changesGraph,mermaidGraph,specGraph};
