import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);
import{changesGraph,mermaidGraph,specGraph}from"./chunk-Z7ZLHVWH.mjs";import"./chunk-3FAV6GZL.mjs";import"./chunk-2O3VFLBB.mjs";import"./chunk-RNKPWAFA.mjs";export{changesGraph,mermaidGraph,specGraph};
