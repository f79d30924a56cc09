/** Runs a command line. Exit codes: 0 done, 1 error, 2 changes (with --detailed-exitcode), 130 cancelled. */
import { translate } from "../../aws/errors.ts";
import { userErrors } from "../../model/errors.ts";
import { VERSION } from "../../model/version.ts";
import { type Invocation, readArguments } from "../arguments.ts";
import type { CommandName } from "../definitions.ts";
import type { Context } from "../context.ts";
import type { Io } from "../io.ts";

type Run = (invocation: Invocation, io: Io) => Promise<number>;

/** The commands, loaded on demand. */
const CODE: Readonly<Record<CommandName, () => Promise<Run>>> = {
  init: async () => (await import("./init.ts")).run,
  dev: async () => (await import("./dev.ts")).run,
  plan: onStack(() => import("./plan.ts")),
  apply: onStack(() => import("./apply.ts")),
  destroy: onStack(() => import("./destroy.ts")),
  list: onStack(() => import("./list.ts")),
  graph: onStack(() => import("./graph.ts")),
  permissions: onStack(() => import("./permissions.ts")),
  adopt: onStack(() => import("./adopt.ts")),
};

/** A command that works on a stack that is there. */
function onStack(load: () => Promise<{ run: (context: Context) => Promise<number> }>): () => Promise<Run> {
  return async () => {
    const [{ run }, { makeContext }] = await Promise.all([load(), import("../context.ts")]);
    return async (invocation, io) => run(await makeContext(invocation, io));
  };
}

/** Runs one command. Never throws. */
export async function runCli(argv: readonly string[], io: Io): Promise<number> {
  try {
    const request = readArguments(argv);
    if (request.kind === "version") {
      io.out(`${VERSION}\n`);
      return 0;
    }
    if (request.kind === "help") {
      const { help } = await import("../help.ts");
      io.out(help(request.command));
      return 0;
    }
    const { invocation } = request;
    const run = await CODE[invocation.command]();
    return await run(invocation, io);
  } catch (error) {
    const { terminalErrors } = await import("../../report/terminal/errors.ts");
    const shown = translate(error);
    io.note(terminalErrors(shown, userErrors(shown), io.noteColor));
    return 1;
  }
}
