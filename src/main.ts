/** Action entry. Its first line is printed before anything else is loaded: a log that shows nothing looks stuck. */
import { VERSION } from "./model/version.ts";

console.log(`Gatewright ${VERSION}`);
const { runAction } = await import("./action/run.ts");
await runAction(process.env);
