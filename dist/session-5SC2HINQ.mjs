import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);
import{openSession,startAhead}from"./chunk-UI35D7VH.mjs";import"./chunk-45IVYANQ.mjs";import"./chunk-RNKPWAFA.mjs";export{openSession,startAhead};
