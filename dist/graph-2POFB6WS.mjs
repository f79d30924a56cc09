import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);
import{changesGraph,mermaidGraph,specGraph}from"./chunk-FEC4WIMG.mjs";import"./chunk-HUNJ2KFP.mjs";import"./chunk-FUXTTJTF.mjs";import"./chunk-MKZJCGFJ.mjs";import"./chunk-RNKPWAFA.mjs";export{changesGraph,mermaidGraph,specGraph};
