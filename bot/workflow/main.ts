/** Entry of `bot/action.yml`: handles one event of a workflow and ends. */
import { userErrors } from "../../src/model/errors.ts";
import { runWorkflow } from "./workflow.ts";
import { annotation, errorLine } from "./annotations.ts";

const write = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

runWorkflow(process.env, write).then(
  (good) => {
    process.exitCode = good ? 0 : 1;
  },
  (error: unknown) => {
    const errors = userErrors(error);
    for (const view of errors ?? []) write(annotation("error", errorLine(view)));
    if (errors === undefined) write(error instanceof Error ? (error.stack ?? error.message) : String(error));
    process.exitCode = 1;
  },
);
