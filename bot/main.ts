/** `npm run bot`: reads the configuration, starts the bot, ends it on SIGTERM and SIGINT. */
import { userErrors } from "../src/index.ts";
import { startBot } from "./bot.ts";
import { readConfig } from "./config.ts";

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const bot = await startBot(config, (reason) => {
    process.stderr.write(`${reason}\n`);
    process.exit(1);
  });
  const end = (): void => {
    bot.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`${String(error)}\n`);
        process.exit(1);
      },
    );
  };
  process.once("SIGTERM", end);
  process.once("SIGINT", end);
}

main().catch((error: unknown) => {
  for (const { code, message, hint } of userErrors(error) ?? []) {
    process.stderr.write(`${code}: ${message}\n${hint === undefined ? "" : `  ${hint}\n`}`);
  }
  if (userErrors(error) === undefined)
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
  // A server that already listens must not keep a bot alive that cannot work.
  setImmediate(() => process.exit(1));
});
