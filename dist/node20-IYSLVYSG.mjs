import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);
import"./chunk-QK4H7R7H.mjs";import"./chunk-AV6LN5JI.mjs";import"./chunk-RNKPWAFA.mjs";
