import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);
import{useProxyOf}from"./chunk-MO5G5LE4.mjs";import"./chunk-RNKPWAFA.mjs";export{useProxyOf};
