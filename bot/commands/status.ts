/** `/status`: locks, gates and the newest runs of each stack. */
import { joinMarkdown, md, type Markdown } from "../../src/text/markdown.ts";
import { commitLink, link } from "../../src/text/link.ts";
import { gateLines } from "../../src/report/markdown/gates.ts";
import { isEnded } from "../../src/model/run-states.ts";
import { evaluateGates } from "../gates/evaluate.ts";
import { reviewedPlans } from "../gates/reviewed-plans.ts";
import { lockFact, lockLine } from "../gates/lock-line.ts";
import { runProgress } from "../services/run-progress.ts";
import { code, plain } from "../reports/reply.ts";
import { runUrl } from "../services/services.ts";
import type { CommandHandler } from "./asked/context.ts";
import { targetsOf } from "./queue-runs.ts";
import { requireWriter } from "./asked/require-writer.ts";

export const status: CommandHandler = async (context) => {
  const refused = await requireWriter(context);
  if (refused !== undefined) return refused;
  const { services, pull } = context;
  const targets = await targetsOf(context);
  const reviewed = await reviewedPlans(context, targets, pull.number, {
    purpose: "apply",
    sha: pull.headSha,
  });
  const parts: Markdown[] = [];
  const facts: unknown[] = [];
  for (const target of targets) {
    const { stack, stage } = target;
    const [held, runs, decision] = await Promise.all([
      services.store.getLock(stack),
      services.store.listRuns({ stack, limit: 5 }),
      evaluateGates(context, {
        command: "apply",
        target,
        gates: stage.gates,
        reviewed: reviewed.get(stack.directory),
      }),
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
          ...gateLines(decision.gates),
          md``,
          ...(recent.length > 0 ? [md`Newest runs:`, md``, ...recent] : [md`No runs yet.`]),
          ...(decision.next === undefined ? [] : [md``, md`**Next:** ${plain(decision.next)}`]),
        ],
        "\n",
      ),
    );
  }
  await context.reply.answer(joinMarkdown(parts, "\n\n"), { kind: "status", value: facts });
  return "done";
};
