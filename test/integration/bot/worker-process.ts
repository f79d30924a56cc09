/**
 * A bot process for the kill tests: opens the database it is told, carries runs out by writing each "AWS write" into a
 * journal file, slowly. `node worker-process.ts '{"databaseUrl": …, "folder": …, "journal": …, "name": …}'`
 */
import { appendFileSync } from "node:fs";
import { openWork } from "../../../bot/runs/start.ts";
import { type ApplyResult, systemClock } from "../../../src/index.ts";
import { writeSteps } from "./steps.ts";

interface Settings {
  readonly databaseUrl?: string;
  readonly folder?: string;
  readonly journal: string;
  readonly name: string;
  readonly steps: number;
  readonly stepMs: number;
  readonly graceMs?: number;
  readonly heartbeatSeconds?: number;
}

const settings = JSON.parse(process.argv[2] ?? "{}") as Settings;
const { journal, name, databaseUrl, folder, heartbeatSeconds } = settings;
const note = (line: string): void => appendFileSync(journal, `${line}\n`);

const log = {
  info: () => {},
  warn: (fields: object, text: string) => console.error(name, text, JSON.stringify(fields)),
  error: (fields: object, text: string) => console.error(name, text, JSON.stringify(fields)),
};
const opened = await openWork({ databaseUrl, folder, heartbeatSeconds, clock: systemClock, log });
const worker = await opened.start({
  delivery: async ({ id }) => note(`delivery ${id} by ${name}`),
  carryOut: (run, hooks) => {
    note(`begin ${run.id} attempt ${run.attempts} by ${name}${hooks.resuming ? " resuming" : ""}`);
    return writeSteps(run, hooks, {
      steps: settings.steps,
      stepMs: settings.stepMs,
      write: (step) => note(`write ${run.id} ${step} by ${name}`),
    }) as Promise<{ result: ApplyResult }>;
  },
  drift: async () => {},
  report: async ({ runId }) =>
    note(`report ${runId} ${(await opened.store.getRun(runId))?.state} by ${name}`),
});
process.on("SIGTERM", () => {
  note(`drain ${worker.active().length} by ${name}`);
  void opened.stop(settings.graceMs ?? 10_000).then(() => process.exit(0));
});
note(`ready ${name}`);
