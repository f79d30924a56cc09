/** The stacks that a command or a merge targets: stages in the order of their needs, directories in the order of the settings. */
import { fail } from "../../src/model/errors.ts";
import type { GitHubRequest } from "../../src/github/client.ts";
import type { RepositoryRef } from "../../src/model/repository.ts";
import { previewPull } from "../../src/model/stage.ts";
import { stagesInOrder } from "../../src/settings/parse.ts";
import type { Settings, StageSettings } from "../../src/settings/schema.ts";
import { stageOf } from "../../src/settings/stages.ts";
import type { StackRef } from "../../src/model/run.ts";
import { namedDirectories } from "../../src/source/spec-directories.ts";
import { specsAt } from "./specs.ts";
import { own } from "../../src/model/own.ts";

export interface Target {
  readonly stack: StackRef;
  readonly stage: StageSettings;
  /** The commit no longer has the stack's spec: everything of it is deleted, as the spec of this other commit lists it. */
  readonly gone?: string | undefined;
}

/** The stage of a command: the one it names, or the only one in the settings. */
export function chooseStage(settings: Settings, wanted: string | undefined): string {
  const names = Object.keys(settings.stages);
  if (wanted !== undefined) {
    if (own(settings.stages, wanted) !== undefined) return wanted;
    if (settings.preview !== undefined && previewPull(wanted) !== undefined)
      fail("STAGE_UNKNOWN", `"${wanted}" is a preview, which this command does not take`, {
        hint: "`/preview` makes and updates it, `/preview off` deletes it. `/list`, `/status`, `/lock`, `/unlock` and `/cancel` take it.",
      });
    fail("STAGE_UNKNOWN", `there is no stage "${wanted}"`, { hint: `Stages: ${names.join(", ")}.` });
  }
  const [only, another] = names;
  if (only !== undefined && another === undefined) return only;
  return fail("STAGE_NEEDED", `this repository has ${names.length} stages`, {
    hint: `Add one of them: ${names.map((name) => `\`-s ${name}\``).join(", ")}.`,
  });
}

/** The named stages in the order of their needs, each once, whichever order they were named in. Throws `STAGE_UNKNOWN`. */
export function chooseStages(settings: Settings, wanted: readonly string[]): readonly string[] {
  for (const name of wanted) chooseStage(settings, name);
  return stagesInOrder(settings).filter((name) => wanted.includes(name));
}

/** The stacks of one stage at a commit; with `directory`, only that one. */
export async function stageTargets(
  request: GitHubRequest,
  repository: RepositoryRef,
  settings: Settings,
  name: string,
  sha: string,
  directory?: string,
): Promise<readonly Target[]> {
  const stage = stageOf(settings, name);
  if (stage === undefined)
    return fail("STAGE_UNKNOWN", `there is no stage "${name}"`, {
      hint: `Stages: ${Object.keys(settings.stages).join(", ")}.`,
    });
  const { directories } = await namedDirectories(
    stage.directories,
    async () => (await specsAt(request, repository, settings.spec, sha)).directories,
  );
  const wanted =
    directory === undefined ? directories : directories.filter((one) => sameName(one, directory));
  if (wanted.length === 0) {
    fail(
      "STACK_UNKNOWN",
      directory === undefined
        ? `stage ${name} names no directory with a spec`
        : `"${directory}" is not a stack of stage ${name}`,
      {
        hint:
          directories.length > 0
            ? `Stacks: ${directories.map(asWritten).join(", ")}.`
            : "Correct `directories` in .github/gatewright.yml on the default branch.",
      },
    );
  }
  return wanted.map((one) => ({ stack: { repository, stage: name, directory: one }, stage }));
}

/** A pull request may add any number of directories that a glob of the settings matches. */
const MOST_STACKS = 200;

/** The stacks of one command, unless they are too many for it. */
export function fewEnough(targets: readonly Target[]): readonly Target[] {
  const [first] = targets;
  if (targets.length <= MOST_STACKS || first === undefined) return targets;
  return fail(
    "STACKS_TOO_MANY",
    `the command is about ${targets.length} stacks; ${MOST_STACKS} is the most`,
    {
      hint: `Name one of them: \`-d ${asWritten(first.stack.directory)}\`.`,
    },
  );
}

/** Keyboards and file systems write `ö` as one character or as two. */
export function sameName(one: string, other: string): boolean {
  return one.normalize("NFC") === other.normalize("NFC");
}

/** A directory as `-d` takes it. */
export function asWritten(directory: string): string {
  return /[\s"']/.test(directory)
    ? directory.includes('"')
      ? `'${directory}'`
      : `"${directory}"`
    : directory;
}
