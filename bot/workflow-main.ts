/** Entry of `bot/action.yml`: one event of a workflow, handled, then over. */
import { userErrors } from "../src/index.ts";
import { runWorkflow } from "./workflow.ts";

const write = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

runWorkflow(process.env, write).then(
  (good) => {
    process.exitCode = good ? 0 : 1;
  },
  (error: unknown) => {
    const errors = userErrors(error);
    for (const { code, message, hint } of errors ?? [])
      write(`::error::${code}: ${message.replace(/[\r\n]+/g, " ")}${hint === undefined ? "" : ` ${hint}`}`);
    if (errors === undefined) write(error instanceof Error ? (error.stack ?? error.message) : String(error));
    process.exitCode = 1;
  },
);
