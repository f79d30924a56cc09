/** MiniStack runs Lambda functions behind an API. Calls to an API go to the same port, with the API's host name as `Host`. */
import { delimiter } from "node:path";
import { fileURLToPath } from "node:url";
import { miniStack } from "../../src/cli/dev/local-aws.ts";
import { type Emulator, startEmulator } from "./process.ts";

/** What Lambda's Node.js runtime includes: the AWS SDK. */
const IN_RUNTIME = ["./lambda-runtime", "../../node_modules"].map((path) =>
  fileURLToPath(new URL(path, import.meta.url)),
);

export function startMiniStack(): Promise<Emulator> {
  const program = miniStack("ministack");
  const env = (port: number) => ({ ...program.env(port), NODE_PATH: IN_RUNTIME.join(delimiter) });
  return startEmulator({ ...program, env });
}
