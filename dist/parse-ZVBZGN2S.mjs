import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);
import{inOrder,parseSettings}from"./chunk-RXUHWXVL.mjs";import"./chunk-GPUNJOVI.mjs";import"./chunk-JHUCQYER.mjs";import"./chunk-PSLZUS5Y.mjs";import"./chunk-MBTCXFP7.mjs";import"./chunk-2AMKZ7VN.mjs";import"./chunk-OU2Q3HWE.mjs";import"./chunk-RNKPWAFA.mjs";export{inOrder,parseSettings};
