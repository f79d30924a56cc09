/** From the command line to an exit code: 0 done, 1 an error, 2 changes (with --detailed-exitcode), 130 cancelled. */
import { translate } from "../aws/errors.ts";
import { userErrors } from "../errors.ts";
import { VERSION } from "../version.ts";
import { readArguments } from "./arguments.ts";
import { COMMANDS } from "./commands.ts";
import type { Io } from "./io.ts";

/** Runs one command. Never throws. */
export async function runCli(argv: readonly string[], io: Io): Promise<number> {
  try {
    const request = readArguments(argv);
    if (request.kind === "version") {
      io.out(`${VERSION}\n`);
      return 0;
    }
    if (request.kind === "help") {
      const { help } = await import("./help.ts");
      io.out(help(request.command));
      return 0;
    }
    const { invocation } = request;
    const [{ run }, { makeContext }] = await Promise.all([
      COMMANDS[invocation.command].load(),
      import("./context.ts"),
    ]);
    return await run(await makeContext(invocation, io));
  } catch (error) {
    const { terminalErrors } = await import("../render/errors.ts");
    const shown = translate(error);
    io.note(terminalErrors(shown, userErrors(shown), io.noteColor));
    return 1;
  }
}
