import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);
function own(record,key){return record!==void 0&&key!==void 0&&Object.hasOwn(record,key)?record[key]:void 0}export{own};
