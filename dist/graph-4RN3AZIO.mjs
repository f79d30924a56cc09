import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);
import{changesGraph,mermaidGraph,specGraph}from"./chunk-ECCBAIGR.mjs";import"./chunk-VHWNMY6V.mjs";import"./chunk-YK7PD5JR.mjs";import"./chunk-Y472DY72.mjs";import"./chunk-RNKPWAFA.mjs";export{changesGraph,mermaidGraph,specGraph};
