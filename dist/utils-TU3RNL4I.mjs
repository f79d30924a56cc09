import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);
import{GitHub,context,defaults,getOctokitOptions,getUserAgentWithOrchestrationId}from"./chunk-YNRIS5YK.mjs";import"./chunk-CJVJG5CS.mjs";import"./chunk-RNKPWAFA.mjs";export{GitHub,context,defaults,getOctokitOptions,getUserAgentWithOrchestrationId};
