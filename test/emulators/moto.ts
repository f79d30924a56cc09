/** moto supports domain names, VPC links and models, but no deployments. */
import { type Emulator, startEmulator } from "./process.ts";

export function startMoto(): Promise<Emulator> {
  return startEmulator({
    name: "moto",
    command: "moto_server",
    args: (port) => ["-H", "127.0.0.1", "-p", String(port)],
    // Loads the AWS-managed policies, which are off by default.
    env: () => ({ MOTO_IAM_LOAD_MANAGED_POLICIES: "true" }),
    ready: "/moto-api/",
  });
}
