/** A command of ana on pull request 7, which says what it answers to `said`: of a refusal the codes. */
import type { CommandContext } from "../../../../bot/commands/asked/context.ts";
import type { Command } from "../../../../bot/commands/grammar/commands.ts";
import type { Services } from "../../../../bot/services/services.ts";
import type { Settings } from "../../../../src/settings/schema.ts";
import { aStack } from "../../../fakes/store.ts";
import { PULL } from "../gates/pull.ts";

export async function commandContext(
  services: Services,
  settings: Settings,
  command: Command,
  said: string[] = [],
): Promise<CommandContext> {
  const { repository } = aStack();
  const say = async (body: unknown) => void said.push(String(body));
  return {
    services,
    request: await services.github(repository),
    repository,
    settings,
    pull: PULL,
    command,
    text: `/${command.name}`,
    login: "ana",
    commentId: 1,
    cause: { by: "command", login: "ana", pull: PULL.number, commentId: 1 },
    group: "g",
    reply: {
      answer: say,
      write: say,
      announce: say,
      refuse: async (...errors) => {
        said.push(...errors.map(({ code }) => code));
        return "refused";
      },
    },
  };
}
