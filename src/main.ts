/** Action entry point. Prints its first line before it loads anything else: a log that shows nothing looks stuck. */
import { VERSION } from "./model/version.ts";

console.log(`Gatewright ${VERSION}`);
const { runAction } = await import("./action/run.ts");
await runAction(process.env);
