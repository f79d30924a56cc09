/** Entry of `bot/action.yml`: handles one event of a workflow and ends. */
import { userErrors } from "../../src/model/errors.ts";
import { useProxyOf } from "../../src/model/node/proxy.ts";
import { stopOnSignal } from "./stop.ts";
import { runWorkflow } from "./workflow.ts";
import { annotation, errorLine, writeBug } from "./annotations.ts";

const write = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const stop = stopOnSignal(process);
useProxyOf(process.env, (message) => write(annotation("warning", message)));

runWorkflow(process.env, write, stop).then(
  (good) => {
    process.exitCode = good ? 0 : 1;
    // A request to AWS that nobody waits for any more would keep the process.
    if (stop.aborted) process.exit();
  },
  (error: unknown) => {
    const errors = userErrors(error);
    for (const view of errors ?? []) write(annotation("error", errorLine(view)));
    if (errors === undefined) writeBug(error, write);
    process.exitCode = 1;
  },
);
