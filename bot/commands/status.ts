/** `/status`: locks, gates and the newest runs of each stack. */
import { day, joinMarkdown, md, type Markdown } from "../../src/text/markdown.ts";
import { commitLink, link } from "../../src/text/link.ts";
import { gateLines } from "../../src/report/markdown/gates.ts";
import { previewStage } from "../../src/model/stage.ts";
import { isEnded } from "../../src/model/run-states.ts";
import { evaluateGates } from "../gates/evaluate.ts";
import { reviewedPlans } from "../gates/reviewed-plans.ts";
import { lockFact, lockLine } from "../gates/lock-line.ts";
import { runProgress } from "../services/run-progress.ts";
import { code, plain } from "../reports/reply.ts";
import { runUrl } from "../services/services.ts";
import type { Preview } from "../services/store.ts";
import type { CommandHandler } from "./asked/context.ts";
import { requireWriter } from "./asked/require-writer.ts";
import { standingPreview } from "./previews/standing.ts";
import { targetsOrPreview } from "./queue-runs.ts";

export const status: CommandHandler = async (context) => {
  const refused = await requireWriter(context);
  if (refused !== undefined) return refused;
  const { services, command, pull } = context;
  const aimed = await targetsOrPreview(context);
  // Who names no stage means all that the pull request has.
  const beside = command.stage === undefined ? await standingPreview(context) : aimed;
  const targets = [...new Set([...aimed.targets, ...(beside?.targets ?? [])])];
  const reviewed = await reviewedPlans(
    context,
    aimed.preview === undefined ? aimed.targets : [],
    pull.number,
    {
      purpose: "apply",
      sha: pull.headSha,
    },
  );
  const parts: Markdown[] = [];
  const facts: unknown[] = [];
  for (const target of targets) {
    const { stack, stage } = target;
    const preview = stack.stage === previewStage(pull.number) ? beside?.preview : undefined;
    const [held, runs, decision] = await Promise.all([
      services.store.getLock(stack),
      services.store.listRuns({ stack, limit: 5 }),
      preview === undefined
        ? evaluateGates(context, {
            command: "apply",
            target,
            gates: stage.gates,
            reviewed: reviewed.get(stack.directory),
          })
        : undefined,
    ]);
    const now = services.clock.now();
    const progress = await Promise.all(
      runs.map(async (run) => {
        const events = isEnded(run.state) ? [] : await services.store.eventsOf(run.id);
        return runProgress(run, events.at(-1), now);
      }),
    );
    const recent = runs.map((run, index) => {
      const url = runUrl(services, run.id);
      const name = md`${run.kind} of ${commitLink(run.sha)}`;
      return md`- ${link(name, url)}: ${progress[index]?.text ?? run.state}`;
    });
    facts.push({
      ...lockFact(stack, held?.owner),
      runs: runs.map(({ kind, sha, state }, index) => {
        const silentMs = progress[index]?.silentMs;
        return { kind, sha, state, ...(silentMs === undefined ? {} : { silentMs }) };
      }),
    });
    parts.push(
      joinMarkdown(
        [
          md`#### ${code(stack.directory)} in ${code(stack.stage)}`,
          held === undefined ? md`Not locked.` : lockLine(held, now),
          md``,
          ...(preview === undefined ? [] : [previewLine(preview)]),
          ...gateLines(decision?.gates ?? []),
          md``,
          ...(recent.length > 0 ? [md`Newest runs:`, md``, ...recent] : [md`No runs yet.`]),
          ...(decision?.next === undefined ? [] : [md``, md`**Next:** ${plain(decision.next)}`]),
        ],
        "\n",
      ),
    );
  }
  await context.reply.answer(joinMarkdown(parts, "\n\n"), { kind: "status", value: facts });
  return "done";
};

function previewLine({ wanted, login, sha, expiresAt }: Preview): Markdown {
  return wanted
    ? md`The preview of ${commitLink(sha)}, asked for by ${plain(login)}. \`/preview off\` deletes it; if nothing is pushed, it goes on ${day(expiresAt.getTime())}.`
    : md`The preview is being deleted. \`/preview\` makes it again.`;
}
