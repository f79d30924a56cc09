/** `/drift`: compares AWS with the default branch now. */
import { defaultHead } from "../reports/drift-issue.ts";
import { groupId } from "../services/group.ts";
import type { CommandHandler } from "./context.ts";
import { targetsOf } from "./queue-runs.ts";
import { requireWriter } from "./require-writer.ts";

export const drift: CommandHandler = async (context) => {
  const refused = await requireWriter(context);
  if (refused !== undefined) return refused;
  const { services, request, repository, pull, login, commentId, text } = context;
  const sha = await defaultHead(request, repository);
  const group = groupId("command", repository.id, commentId);
  const targets = await targetsOf(context);
  await services.enqueue(
    targets.map(({ stack }) => ({
      group,
      text,
      stack,
      kind: "drift",
      cause: { by: "command", login, pull: pull.number, commentId },
      sha,
      adopt: [],
    })),
  );
  return "later";
};
