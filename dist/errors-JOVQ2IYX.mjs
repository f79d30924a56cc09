import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);
import{terminalErrors}from"./chunk-2MTIQMSA.mjs";import"./chunk-W7A63SDE.mjs";import"./chunk-GPIG3STD.mjs";import"./chunk-ZPIY3PCT.mjs";import"./chunk-HCUQLO6M.mjs";import"./chunk-RNKPWAFA.mjs";export{terminalErrors};
