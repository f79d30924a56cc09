import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);
var SETTINGS_FILE=".github/gatewright.yml";export{SETTINGS_FILE};
