/** MiniStack runs Lambda functions behind an API. Calls to an API go to the same port, with the API's host name as `Host`. */
import { miniStack } from "../../src/cli/dev/local-aws.ts";
import { type Emulator, startEmulator } from "./process.ts";

export function startMiniStack(): Promise<Emulator> {
  return startEmulator(miniStack("ministack"));
}
