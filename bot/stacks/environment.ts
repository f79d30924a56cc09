/** The GitHub environment of a stack's deployments. Pure. */
import { own } from "../../src/model/own.ts";
import type { StackRef } from "../../src/model/run.ts";
import type { Settings } from "../../src/settings/schema.ts";

export function environmentOf(settings: Settings, { stage, directory }: StackRef): string {
  const name = own(settings.stages, stage)?.environment ?? stage;
  return directory === "." ? name : `${name} (${directory})`;
}

/** The environments whose protection rules hold for a stack: the stage's, and its own where that is another. */
export function environmentsRead(settings: Settings, stack: StackRef): readonly string[] {
  return [environmentOf(settings, { ...stack, directory: "." }), environmentOf(settings, stack)];
}
