/** The GitHub environment of a stack's deployments. Pure. */
import { own } from "../../src/model/own.ts";
import type { StackRef } from "../../src/model/run.ts";
import type { Settings } from "../../src/settings/schema.ts";

export function environmentOf(settings: Settings, { stage, directory }: StackRef): string {
  const name = own(settings.stages, stage)?.environment ?? stage;
  return directory === "." ? name : `${name} (${directory})`;
}
