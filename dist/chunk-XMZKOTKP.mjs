import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);
function actionsWith(prefix){return operation=>`${prefix}:${operation}`}function globalRegion(region){return region.startsWith("us-gov-")?"us-gov-west-1":region.startsWith("cn-")?"cn-north-1":"us-east-1"}export{actionsWith,globalRegion};
