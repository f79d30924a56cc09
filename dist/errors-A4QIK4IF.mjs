import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);
import{terminalErrors}from"./chunk-U5PVU4NM.mjs";import"./chunk-T6MHNROV.mjs";import"./chunk-2YKL5TBJ.mjs";import"./chunk-C73BN5WW.mjs";import"./chunk-RNKPWAFA.mjs";export{terminalErrors};
