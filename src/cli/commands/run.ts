/** Runs a command line. Exit codes: 0 done, 1 error, 2 changes (with --detailed-exitcode), 130 cancelled. */
import { translate } from "../../aws/errors.ts";
import { userErrors } from "../../model/errors.ts";
import { VERSION } from "../../model/version.ts";
import { readArguments } from "../arguments.ts";
import type { CommandName } from "../definitions.ts";
import type { Context } from "../context.ts";
import type { Io } from "../io.ts";

/** The commands, loaded on demand. */
const CODE: Readonly<Record<CommandName, () => Promise<{ run: (context: Context) => Promise<number> }>>> = {
  plan: () => import("./plan.ts"),
  apply: () => import("./apply.ts"),
  destroy: () => import("./destroy.ts"),
  list: () => import("./list.ts"),
  graph: () => import("./graph.ts"),
  adopt: () => import("./adopt.ts"),
};

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
    const [{ run }, { makeContext }] = await Promise.all([
      CODE[invocation.command](),
      import("../context.ts"),
    ]);
    return await run(await makeContext(invocation, io));
  } catch (error) {
    const { terminalErrors } = await import("../../report/terminal/errors.ts");
    const shown = translate(error);
    io.note(terminalErrors(shown, userErrors(shown), io.noteColor));
    return 1;
  }
}
