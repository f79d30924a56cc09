/** A stack's stage `dev`, with settings that say nothing, and the services that a server asks its gates with. */
import type { Services } from "../../../../bot/services/services.ts";
import { settingsSchema } from "../../../../src/settings/schema.ts";
import { createFakeClock } from "../../../fakes/clock.ts";
import { aStack, createMemoryStore } from "../../../fakes/store.ts";

export function gateServer() {
  const settings = settingsSchema.parse({ projectName: "shop", stages: { dev: {} } });
  const { dev: stage } = settings.stages;
  if (stage === undefined) throw new Error("no stage");
  const services = {
    store: createMemoryStore(),
    keepsRecords: true,
    appSlug: "gatewright",
    clock: createFakeClock(),
  } as unknown as Services;
  return { settings, stage, stack: aStack({ stage: "dev" }), services };
}
