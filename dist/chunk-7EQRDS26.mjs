import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);
import{colorsFor,placeText}from"./chunk-N3NUZIHF.mjs";import{inertLog,visible}from"./chunk-M6R7NKTT.mjs";import{stackOf}from"./chunk-43NBUHIF.mjs";function terminalErrors(thrown,errors,color){let colors=colorsFor(color);if(errors===void 0){let lines=stackOf(thrown).split(`
`).map(visible).join(`
`),please=colors.dim("This is a bug in Gatewright: please report it with this text.");return inertLog(`${colors.red("INTERNAL")} ${lines}
  ${please}`)}let shown=errors.map(({code,message,hint,at})=>{let place=at===void 0?"":`${colors.dim(visible(placeText(at)))} `,[first="",...rest]=message.split(/\r?\n/).map(visible);return[`${colors.red(`error ${code}`)} ${place}${first}`,...rest.map(line=>`  ${line}`),...hint===void 0?[]:[`  ${colors.cyan("hint:")} ${hint.split(/\r?\n/).map(visible).join(" ")}`]].join(`
`)});return inertLog(shown.join(`
`))}export{terminalErrors};
