/** Action entry point. Prints its first line before it loads anything else: a log that shows nothing looks stuck. */
import { isOlder } from "./model/node/version.ts";
import { VERSION } from "./model/version.ts";

console.log(`Gatewright ${VERSION}`);
if (isOlder(process.version, 22)) {
  // action.yml asks for node24, so somebody started the file by hand.
  console.log(`::error::The Action needs Node.js 22 or newer; this is ${process.version}.`);
  process.exitCode = 1;
} else {
  const { startAhead } = await import("./spec/sandbox/host/session.ts");
  startAhead();
  const { useProxyOf } = await import("./model/node/proxy.ts");
  useProxyOf(process.env, (message) => console.log(`::warning::${message}`));
  const { runAction } = await import("./action/run.ts");
  await runAction(process.env);
}
