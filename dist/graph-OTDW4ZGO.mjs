import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);
import{changesGraph,mermaidGraph,specGraph}from"./chunk-NANYVG4Z.mjs";import"./chunk-GPIG3STD.mjs";import"./chunk-ZPIY3PCT.mjs";import"./chunk-HCUQLO6M.mjs";import"./chunk-RNKPWAFA.mjs";export{changesGraph,mermaidGraph,specGraph};
