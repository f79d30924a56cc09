import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);
import{changesGraph,mermaidGraph,specGraph}from"./chunk-4DL7GEHL.mjs";import"./chunk-2YKL5TBJ.mjs";import"./chunk-C73BN5WW.mjs";import"./chunk-RNKPWAFA.mjs";export{changesGraph,mermaidGraph,specGraph};
