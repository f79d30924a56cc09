/** `/help`, from the grammar and the current settings. */
import { joinMarkdown, md, type Markdown } from "../../src/text/markdown.ts";
import type { Settings, StageSettings } from "../../src/settings/schema.ts";
import { table } from "../../src/text/table.ts";
import { codeSpan } from "../../src/text/escape.ts";
import { prose } from "../../src/text/prose.ts";
import { code } from "../reports/reply.ts";
import type { CommandHandler } from "./asked/context.ts";
import { COMMANDS, SHAPES } from "./grammar/commands.ts";

const RULES: Readonly<Record<StageSettings["apply"], Markdown>> = {
  "before-merge": md`\`/apply\` on the pull request; a merge applies nothing`,
  "on-merge": md`the merge to the stage's branch applies`,
  reviewed: md`\`/apply\` on the pull request, or the merge when its plan equals the reviewed one`,
};

function helpText(settings: Settings): Markdown {
  const commands = COMMANDS.map((name) => [codeSpan(SHAPES[name].usage), prose(SHAPES[name].summary)]);
  const stages = Object.entries(settings.stages).map(([name, stage]) => [
    code(name),
    joinMarkdown(stage.directories.map(code), ", "),
    RULES[stage.apply],
    joinMarkdown(
      stage.gates.map((gate) => md`${gate}`),
      ", ",
    ),
  ]);
  return joinMarkdown(
    [
      md`### Gatewright commands`,
      table(["Command", "What it does"], commands),
      md`One command per comment, at the start of a line. Add \`-s STAGE\` if there are several stages, \`-d DIRECTORY\` for a single stack.`,
      md`### Stages`,
      table(["Stage", "Stacks", "Applied by", "Gates"], stages),
    ],
    "\n\n",
  );
}

export const help: CommandHandler = async ({ settings, reply }) => {
  await reply.write(helpText(settings));
  return "done";
};
