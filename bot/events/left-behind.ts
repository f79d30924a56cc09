/** A pull request that was applied was closed without a merge: says what is left of it, and the way back. */
import { joinMarkdown, md } from "../../src/text/markdown.ts";
import type { RepositoryRef } from "../../src/model/repository.ts";
import type { Hold } from "../../src/model/run.ts";
import { shortSha } from "../../src/text/sha.ts";
import type { Services } from "../services/services.ts";
import { writeComment } from "../reports/comments.ts";
import { code, withFacts } from "../reports/reply.ts";
import { own } from "../../src/model/own.ts";
import { stageBranch } from "../stacks/branch.ts";
import { loadSettings } from "../stacks/settings/load.ts";
import { asWritten } from "../stacks/targets.ts";

export async function reportLeftBehind(
  services: Services,
  repository: RepositoryRef,
  pull: number,
  holds: readonly Hold[],
): Promise<void> {
  const { settings } = await loadSettings(services, repository);
  const lines = holds.map(({ stack, sha }) => {
    const directory = stack.directory === "." ? "" : ` -d ${asWritten(stack.directory)}`;
    const branch = stageBranch(repository, own(settings.stages, stack.stage));
    return md`- ${code(stack.directory)} in ${code(stack.stage)} has ${code(shortSha(sha))}. ${code(`/plan -s ${stack.stage}${directory}`)} plans ${code(branch)}.`;
  });
  const body = joinMarkdown(
    [
      md`## ↩️ Closed without a merge, but applied`,
      md`What this pull request applied is still in AWS:\n\n${joinMarkdown(lines, "\n")}`,
      md`Sent here, the command plans that branch; \`/apply\` with the plan's id takes the stack back. Until somebody does, the next apply of the stack undoes it.`,
    ],
    "\n\n",
  );
  const marker = md`<!-- gatewright:left-behind ${pull} -->`;
  await writeComment(services, {
    repository,
    issue: pull,
    kind: "left-behind",
    key: String(pull),
    isIt: (other) => other.includes(marker),
    body: md`${withFacts(
      body,
      "left-behind",
      holds.map(({ stack: { directory, stage }, sha }) => ({ directory, stage, sha })),
    )}\n${marker}`,
  });
}
