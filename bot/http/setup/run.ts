/** Runs setup in place of the bot, until an App exists. */
import type { BotConfig } from "../../config/config.ts";
import { createServer } from "../server.ts";
import { createSetUp, type SetUpParts, type WrittenFile } from "./set-up.ts";

type SetUpConfig = Pick<BotConfig, "host" | "port" | "serverUrl" | "apiUrl" | "publicUrl" | "dataDirectory">;

interface SetUpMore extends Pick<SetUpParts, "log" | "version" | "region" | "identity"> {
  readonly say: (line: string) => void;
}

/** True if no setting identifies an App: the bot is new, not misconfigured. */
export function needsSetUp(env: Readonly<Record<string, string | undefined>>): boolean {
  return !env.APP_ID && !env.WEBHOOK_SECRET && !env.PRIVATE_KEY && !env.PRIVATE_KEY_PATH;
}

/**
 * Serves setup and resolves once the credentials are written (`readEnvFile` reads them) and the port is free
 * again. `say` writes to the terminal, not the log, because it shows the key.
 */
export async function runSetUp(
  config: SetUpConfig,
  { log, say, version, region, identity }: SetUpMore,
  signal?: AbortSignal,
): Promise<WrittenFile | undefined> {
  const setUp = createSetUp({ ...config, log, version, region, identity });
  const server = createServer(setUp.server);
  const port = await server.listen(config.port, config.host);
  const shown = config.publicUrl ?? `http://localhost:${port}`;
  say(`Gatewright has no GitHub App yet. Open this address to make one:\n\n  ${shown}${setUp.path}\n`);
  const stopped = new Promise<undefined>((resolve) => {
    if (signal?.aborted === true) resolve(undefined);
    signal?.addEventListener("abort", () => resolve(undefined), { once: true });
  });
  const made = await Promise.race([setUp.done, stopped]);
  await server.close(2_000);
  return made;
}
