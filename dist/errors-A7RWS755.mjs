import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);
import{terminalErrors}from"./chunk-QRDDCNEY.mjs";import"./chunk-EFVAATMA.mjs";import"./chunk-3FAV6GZL.mjs";import"./chunk-2O3VFLBB.mjs";import"./chunk-RNKPWAFA.mjs";export{terminalErrors};
