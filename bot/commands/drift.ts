/** `/drift`: compares AWS now with the branch that the stage is deployed from. */
import { own } from "../../src/model/own.ts";
import { branchHead, stageBranch } from "../stacks/branch.ts";
import type { CommandHandler } from "./asked/context.ts";
import { chooseStage, fewEnough, stageTargets } from "../stacks/targets.ts";
import { requireWriter } from "./asked/require-writer.ts";

export const drift: CommandHandler = async (context) => {
  const refused = await requireWriter(context);
  if (refused !== undefined) return refused;
  const { services, request, repository, settings, command, text, cause, group } = context;
  const name = chooseStage(settings, command.stage);
  const sha = await branchHead(request, repository, stageBranch(repository, own(settings.stages, name)));
  const targets = fewEnough(await stageTargets(request, repository, settings, name, sha, command.directory));
  await services.enqueue(
    targets.map(({ stack }) => ({
      group,
      text,
      stack,
      kind: "drift",
      cause,
      sha,
      adopt: [],
    })),
  );
  return "later";
};
