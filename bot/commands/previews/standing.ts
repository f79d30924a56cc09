/** The stacks of a pull request's preview, for the commands that look at stacks, lock them or stop their runs: `-s pr-12`. */
import { previewStage } from "../../../src/model/stage.ts";
import { type Settings, stageSchema } from "../../../src/settings/schema.ts";
import { stageOf } from "../../../src/settings/stages.ts";
import type { Preview } from "../../services/store.ts";
import { sameName, type Target } from "../../stacks/targets.ts";
import type { CommandContext } from "../asked/context.ts";

export interface Aimed {
  readonly targets: readonly Target[];
  /** With the stage that the targets are in. */
  readonly settings: Settings;
  /** What is wanted of the preview, when they are one's. */
  readonly preview?: Preview | undefined;
}

type Standing = Aimed & { readonly preview: Preview };

type Asked = Pick<CommandContext, "services" | "settings" | "command" | "repository" | "pull">;

/**
 * The stacks that the pull request's preview has, or the one in the command's directory, if it is one of them; undefined where nothing is left
 * of the preview, or there never was one.
 */
export async function standingPreview(context: Asked): Promise<Standing | undefined> {
  const { services, settings, command, repository, pull } = context;
  const preview = await services.store.previewOf(repository.id, pull.number);
  if (preview === undefined || preview.goneAt !== undefined) return undefined;
  const name = previewStage(pull.number);
  // What is to be deleted, or is no longer configured, goes by what it was made with.
  const configured = preview.wanted ? stageOf(settings, name) : undefined;
  const stage = configured ?? stageSchema.parse(preview.stage);
  const wanted = command.directory;
  const directories =
    wanted === undefined
      ? preview.directories
      : preview.directories.filter((directory) => sameName(directory, wanted));
  return {
    targets: directories.map((directory) => ({ stack: { repository, stage: name, directory }, stage })),
    settings: { ...settings, stages: { ...settings.stages, [name]: stage } },
    preview,
  };
}
