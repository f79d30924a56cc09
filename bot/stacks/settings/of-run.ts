/** The settings that a run goes by. */
import { removesAll, type Run } from "../../../src/model/run.ts";
import { type Settings, stageSchema } from "../../../src/settings/schema.ts";
import type { Services } from "../../services/services.ts";
import { loadSettings } from "./load.ts";

/**
 * Those of the default branch now. A preview is deleted by those that it was made with: the file may have no previews any more, or another
 * pattern for names or another role.
 */
export async function settingsOfRun(
  services: Services,
  { stack, cause, kind, goneFrom }: Pick<Run, "stack" | "cause" | "kind" | "goneFrom">,
): Promise<Settings> {
  const { settings } = await loadSettings(services, stack.repository);
  if (cause.by !== "preview" || !removesAll({ kind, goneFrom })) return settings;
  const known = await services.store.previewOf(stack.repository.id, cause.pull);
  if (known === undefined) return settings;
  return { ...settings, stages: { ...settings.stages, [stack.stage]: stageSchema.parse(known.stage) } };
}
