import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);
import{terminalErrors}from"./chunk-7EQRDS26.mjs";import"./chunk-N3NUZIHF.mjs";import"./chunk-OZWE25ZY.mjs";import"./chunk-M6R7NKTT.mjs";import"./chunk-43NBUHIF.mjs";import"./chunk-RNKPWAFA.mjs";export{terminalErrors};
