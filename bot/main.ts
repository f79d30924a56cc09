/** `npm run bot`: reads the configuration, starts the bot, and stops it on SIGTERM and SIGINT. */
import { pino } from "pino";
import { stackOf, userErrors } from "../src/model/errors.ts";
import { VERSION } from "../src/model/version.ts";
import { startBot } from "./bot.ts";
import { type Environment, readAddresses, readConfig } from "./config/config.ts";
import { whoAmI } from "./http/checks/read.ts";
import { readEnvFile } from "./http/setup/env-file.ts";
import { needsSetUp, runSetUp } from "./http/setup/run.ts";

async function main(): Promise<void> {
  const ending = new AbortController();
  const stop = (): void => ending.abort();
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
  const env = await environment(ending.signal);
  if (env === undefined) return;
  const bot = await startBot(readConfig(env), (reason) => {
    process.stderr.write(`${reason}\n`);
    process.exit(1);
  });
  await new Promise<void>((resolve) => {
    if (ending.signal.aborted) resolve();
    else ending.signal.addEventListener("abort", () => resolve(), { once: true });
  });
  await bot.stop();
  process.exit(0);
}

/** The process's environment, then what the setup wrote. Runs the setup if neither contains an App. */
async function environment(signal: AbortSignal): Promise<Environment | undefined> {
  const directory = readAddresses(process.env).dataDirectory;
  const read = async (): Promise<Environment> => ({ ...(await readEnvFile(directory)), ...process.env });
  const env = await read();
  if (!needsSetUp(env)) return env;
  const log = pino({ level: env.LOG_LEVEL ?? "info", base: { app: "gatewright" } });
  const say = (line: string): void => {
    process.stderr.write(`${line}\n`);
  };
  const region = env.AWS_REGION || env.AWS_DEFAULT_REGION || undefined;
  const identity = whoAmI(region, env.AWS_ENDPOINT_URL || undefined);
  const made = await runSetUp(readAddresses(env), { log, say, version: VERSION, region, identity }, signal);
  return made === undefined ? undefined : read();
}

main().catch((error: unknown) => {
  for (const { code, message, hint } of userErrors(error) ?? []) {
    process.stderr.write(`${code}: ${message}\n${hint === undefined ? "" : `  ${hint}\n`}`);
  }
  if (userErrors(error) === undefined) process.stderr.write(`${stackOf(error)}\n`);
  process.exitCode = 1;
  // A server that is already listening must not keep the process alive.
  setImmediate(() => process.exit(1));
});
