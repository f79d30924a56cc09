/** MiniStack runs Lambda functions behind an API. Calls to an API go to the same port, with the API's host name as `Host`. */
import { type Emulator, startEmulator } from "./process.ts";

export function startMiniStack(): Promise<Emulator> {
  return startEmulator({
    name: "MiniStack",
    program: "ministack",
    args: () => [],
    env: (port) => ({ GATEWAY_PORT: String(port), BIND_HOST: "127.0.0.1" }),
    ready: "/_ministack/health",
  });
}
