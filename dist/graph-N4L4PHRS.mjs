import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);
import{changesGraph,mermaidGraph,specGraph}from"./chunk-OSYGTQJY.mjs";import"./chunk-OZWE25ZY.mjs";import"./chunk-M6R7NKTT.mjs";import"./chunk-RNKPWAFA.mjs";export{changesGraph,mermaidGraph,specGraph};
