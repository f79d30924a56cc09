/** The GitHub environment of a stack's deployments. Pure. */
import { createHash } from "node:crypto";
import { own } from "../../src/model/own.ts";
import type { StackRef } from "../../src/model/run.ts";
import type { Settings } from "../../src/settings/schema.ts";

export function environmentOf(settings: Settings, { stage, directory }: StackRef): string {
  const name = own(settings.stages, stage)?.environment ?? stage;
  return directory === "." ? name : shortened(`${name} (${directory})`);
}

/** The environments whose protection rules hold for a stack: the stage's, and its own where that is another. */
export function environmentsRead(settings: Settings, stack: StackRef): readonly string[] {
  return [environmentOf(settings, { ...stack, directory: "." }), environmentOf(settings, stack)];
}

/** GitHub takes 255 characters (https://docs.github.com/en/rest/deployments/environments): the end of a longer name is its digest. */
const LONGEST = 255;

function shortened(name: string): string {
  if (name.length <= LONGEST) return name;
  const digest = createHash("sha256").update(name).digest("hex").slice(0, 32);
  return `${name.slice(0, LONGEST - digest.length - 3)}… ${digest}`;
}
