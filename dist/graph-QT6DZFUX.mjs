import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);
import{changesGraph,mermaidGraph,specGraph}from"./chunk-WQDLD7A3.mjs";import"./chunk-HUNJ2KFP.mjs";import"./chunk-FUXTTJTF.mjs";import"./chunk-R5MDHNBY.mjs";import"./chunk-RNKPWAFA.mjs";export{changesGraph,mermaidGraph,specGraph};
