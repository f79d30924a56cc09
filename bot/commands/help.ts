/** `/help`, from the grammar and the current settings. */
import type { Settings } from "../stacks/settings/schema.ts";
import { code } from "../reports/reply.ts";
import type { CommandHandler } from "./context.ts";
import { COMMANDS, SHAPES } from "./grammar/commands.ts";

const RULES: Readonly<Record<string, string>> = {
  "before-merge": "`/apply` on the pull request; a merge applies nothing",
  "on-merge": "the merge to the default branch applies",
  reviewed: "`/apply` on the pull request, or the merge when its plan equals the reviewed one",
};

export function helpText(settings: Settings): string {
  const commands = COMMANDS.map(
    (name) => `| \`${SHAPES[name].usage.replaceAll("|", "\\|")}\` | ${SHAPES[name].summary} |`,
  );
  const stages = Object.entries(settings.stages).map(
    ([name, stage]) =>
      `| ${code(name)} | ${stage.directories.map(code).join(", ")} | ${RULES[stage.apply]} | ${stage.gates.join(", ")} |`,
  );
  return [
    "### Gatewright commands",
    "",
    "| Command | What it does |",
    "| --- | --- |",
    ...commands,
    "",
    "One command per comment, at the start of a line. Add `-s STAGE` if there are several stages, `-d DIRECTORY` for a single stack.",
    "",
    "### Stages",
    "",
    "| Stage | Stacks | Applied by | Gates |",
    "| --- | --- | --- | --- |",
    ...stages,
    "",
  ].join("\n");
}

export const help: CommandHandler = async ({ settings, reply }) => {
  await reply.write(helpText(settings));
  return "done";
};
