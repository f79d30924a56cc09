/** `/lock`, `/unlock`, `/cancel`, `/status`: who holds what, and since when. */
import { gateLines } from "../../src/report/markdown/gates.ts";
import { evaluateGates } from "../gates/evaluate.ts";
import { hasEnded } from "../reports/report.ts";
import { runUrl } from "../services/services.ts";
import type { Lock, Run, StackRef } from "../../src/model/run.ts";
import { answer, code, errorAnswer, plain, withFacts } from "../reports/reply.ts";
import type { CommandHandler } from "./context.ts";
import { reviewedPlans, targetsOf } from "./queue-runs.ts";
import { requireWriter } from "./plan.ts";

function lockText(lock: Lock, now: number): string {
  const minutes = Math.max(0, Math.round((now - lock.since.getTime()) / 60_000));
  return `${code(lock.stack.directory)} in ${code(lock.stack.stage)} is held by ${plain(lock.owner)} for ${minutes} min: ${plain(lock.reason)}`;
}

/** Who holds a stack, for programs that read the answer. */
function lockFact(stack: StackRef, owner: string | undefined) {
  const { directory, stage } = stack;
  return { directory, stage, ...(owner === undefined ? {} : { owner }) };
}

export const lock: CommandHandler = async (context) => {
  const refused = await requireWriter(context);
  if (refused !== undefined) return refused;
  const { services, command, login, pull, text } = context;
  const lines: string[] = [];
  const facts: unknown[] = [];
  let held = true;
  for (const { stack } of await targetsOf(context)) {
    const taken = await services.store.acquireLock(stack, login, command.reason ?? "", { pull: pull.number });
    const current = taken ?? (await services.store.getLock(stack));
    if (taken === undefined) held = false;
    facts.push(lockFact(stack, current?.owner));
    if (current !== undefined)
      lines.push(`- ${taken === undefined ? "not taken: " : ""}${lockText(current, services.clock.now())}`);
  }
  await context.reply(
    withFacts(
      answer(
        login,
        text,
        `${lines.join("\n")}\n\nNothing is applied there until \`/unlock\`, or until this pull request is merged or closed.`,
      ),
      "locks",
      facts,
    ),
  );
  return held ? "done" : "refused";
};

export const unlock: CommandHandler = async (context) => {
  const refused = await requireWriter(context);
  if (refused !== undefined) return refused;
  const { services, login, text } = context;
  const lines: string[] = [];
  const facts: unknown[] = [];
  for (const { stack } of await targetsOf(context)) {
    const current = await services.store.getLock(stack);
    facts.push(lockFact(stack, current?.runId === undefined ? undefined : current.owner));
    if (current === undefined)
      lines.push(`- ${code(stack.directory)} in ${code(stack.stage)} was not locked`);
    else if (current.runId !== undefined)
      lines.push(`- ${lockText(current, services.clock.now())}; a run ends by itself or by \`/cancel\``);
    else {
      await services.store.releaseLock(stack, current.token);
      lines.push(
        `- ${code(stack.directory)} in ${code(stack.stage)} is free again; ${plain(current.owner)} held it: ${plain(current.reason)}`,
      );
    }
  }
  await context.reply(withFacts(answer(login, text, lines.join("\n")), "locks", facts));
  return "done";
};

export const cancel: CommandHandler = async (context) => {
  const refused = await requireWriter(context);
  if (refused !== undefined) return refused;
  const { services, pull, login, text } = context;
  const active: Run[] = [];
  for (const { stack } of await targetsOf(context)) {
    const runs = await services.store.listRuns({ stack, states: ["queued", "running"], limit: 100 });
    active.push(...runs.filter((run) => run.cause.by !== "schedule" && run.cause.pull === pull.number));
  }
  if (active.length === 0) {
    await context.reply(
      answer(
        login,
        text,
        errorAnswer([
          {
            code: "NOTHING_TO_CANCEL",
            message: "no run of this pull request is queued or under way",
            hint: "`/status` shows what runs elsewhere.",
          },
        ]),
      ),
    );
    return "refused";
  }
  for (const run of active) await services.store.updateRun(run.id, { cancelRequested: true });
  await context.reply(
    withFacts(
      answer(
        login,
        text,
        `${active.length === 1 ? "The run stops" : `${active.length} runs stop`} before the next step. What is done stays done; the result tells what was not.`,
      ),
      "cancelled",
      { runs: active.map(({ id }) => id) },
    ),
  );
  return "done";
};

export const status: CommandHandler = async (context) => {
  const { services, pull, login, text } = context;
  const targets = await targetsOf(context);
  const reviewed = await reviewedPlans(context, targets, pull.number);
  const parts: string[] = [];
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
    const recent = runs.map((run) => {
      const url = runUrl(services, run.id);
      const name = `${run.kind} of ${run.sha.slice(0, 7)}`;
      return `- ${url === undefined ? name : `[${name}](${url})`}: ${run.state}${hasEnded(run) ? "" : " …"}`;
    });
    facts.push({
      ...lockFact(stack, held?.owner),
      runs: runs.map(({ kind, sha, state }) => ({ kind, sha, state })),
    });
    parts.push(
      [
        `#### ${code(stack.directory)} in ${code(stack.stage)}`,
        held === undefined ? "Nobody holds it." : lockText(held, services.clock.now()),
        "",
        ...gateLines(decision.gates),
        "",
        ...(recent.length > 0 ? ["Newest runs:", "", ...recent] : ["No runs yet."]),
        ...(decision.next === undefined ? [] : ["", `**Next:** ${plain(decision.next)}`]),
      ].join("\n"),
    );
  }
  await context.reply(withFacts(answer(login, text, parts.join("\n\n")), "status", facts));
  return "done";
};
