import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);
var KIND_SIGNS={delete:"🔴",replace:"🟠",update:"🟡",redeploy:"🔵",create:"🟢","no-op":"⚪"},OUTCOME_SIGNS={succeeded:"✅",failed:"❌",skipped:"⏭️",cancelled:"⏹️",running:"⏳",waiting:"⬜"};export{KIND_SIGNS,OUTCOME_SIGNS};
