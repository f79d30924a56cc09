import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);
function isOlder(version,major,minor=0){let[ours=0,ourMinor=0]=version.replace(/^v/,"").split(".").map(Number);return ours<major||ours===major&&ourMinor<minor}export{isOlder};
