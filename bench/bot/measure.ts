/** All of the bot's measurements, with the embedded database and with Postgres. */
import type { Measured } from "../result.ts";
import { measureRuns } from "./runs.ts";
import { measureTakeover } from "./takeover.ts";
import { measureWebhooks } from "./webhooks.ts";

export const measureBot: readonly (() => Promise<readonly Measured[]>)[] = [
  () => measureWebhooks("embedded"),
  () => measureWebhooks("postgres"),
  () => measureRuns("embedded"),
  () => measureRuns("postgres"),
  () => measureTakeover("embedded"),
  () => measureTakeover("postgres"),
];
