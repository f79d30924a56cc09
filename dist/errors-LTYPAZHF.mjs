import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);
import{errorAnnotations,errorList,placeText,terminalErrors}from"./chunk-LSBZJFKY.mjs";import"./chunk-YK7PD5JR.mjs";import"./chunk-Y472DY72.mjs";import"./chunk-RNKPWAFA.mjs";export{errorAnnotations,errorList,placeText,terminalErrors};
