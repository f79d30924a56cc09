/** `/drift`: compares AWS with the default branch now. */
import { branchHead } from "../stacks/branch.ts";
import type { CommandHandler } from "./asked/context.ts";
import { fewEnough } from "../stacks/targets.ts";
import { targetsOf } from "./queue-runs.ts";
import { requireWriter } from "./asked/require-writer.ts";

export const drift: CommandHandler = async (context) => {
  const refused = await requireWriter(context);
  if (refused !== undefined) return refused;
  const { services, request, repository, text, cause, group } = context;
  const sha = await branchHead(request, repository);
  const targets = fewEnough(await targetsOf(context));
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
