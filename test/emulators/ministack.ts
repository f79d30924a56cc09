/** MiniStack runs Lambda functions behind an API. Calls to an API go to the same port, with the API's host name as `Host`. */
import { delimiter } from "node:path";
import { fileURLToPath } from "node:url";
import { miniStack } from "../../src/cli/dev/local-aws.ts";
import { type Emulator, startEmulator } from "./process.ts";

/** What Lambda's Node.js runtime includes: the AWS SDK. */
const IN_RUNTIME = ["./lambda-runtime", "../../node_modules"].map((path) =>
  fileURLToPath(new URL(path, import.meta.url)),
);

/** @param account whose it is, for whatever is signed with keys that it does not know; calls to an API find it in this account alone */
export function startMiniStack(account?: string): Promise<Emulator> {
  const program = miniStack("ministack");
  const env = (port: number) => ({
    ...program.env(port),
    NODE_PATH: IN_RUNTIME.join(delimiter),
    ...(account === undefined ? {} : { MINISTACK_ACCOUNT_ID: account }),
  });
  return startEmulator({ ...program, env });
}
