import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);
import{changesGraph,mermaidGraph,specGraph}from"./chunk-UTBEPNIJ.mjs";import"./chunk-TB5KFORY.mjs";import"./chunk-MKZJCGFJ.mjs";import"./chunk-7WPYZSDL.mjs";import"./chunk-RNKPWAFA.mjs";export{changesGraph,mermaidGraph,specGraph};
