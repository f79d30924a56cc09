import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);
import{terminalErrors}from"./chunk-JIIYNPJW.mjs";import"./chunk-4K6IFL3Y.mjs";import"./chunk-OR7ULRIW.mjs";import"./chunk-GYG7M27S.mjs";import"./chunk-RNKPWAFA.mjs";export{terminalErrors};
