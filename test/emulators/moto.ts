/** moto: knows domain names, VPC links and models, but no deployments. */
import { type Emulator, startEmulator } from "./process.ts";

export function startMoto(): Promise<Emulator> {
  return startEmulator({
    name: "moto",
    program: "moto_server",
    args: (port) => ["-H", "127.0.0.1", "-p", String(port)],
    env: () => ({}),
    ready: "/moto-api/",
  });
}
