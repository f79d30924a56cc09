/** The terminal, behind an interface that tests replace. */

export interface Io {
  /** Writes results, to standard output. */
  readonly out: (text: string) => void;
  /** Writes progress, questions and errors, to standard error. */
  readonly note: (line: string) => void;
  /** Results may have colors. */
  readonly color: boolean;
  /** Progress and errors may have colors. */
  readonly noteColor: boolean;
  /** The width of standard output; `undefined` if it is not a terminal. */
  readonly columns: number | undefined;
  /** True if a user can answer questions. */
  readonly interactive: boolean;
  /** The answer; `undefined` if the user leaves with Ctrl-C or Ctrl-D. */
  readonly ask: (question: string) => Promise<string | undefined>;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Uses the process's own streams. */
export function processIo(): Io {
  const { stdin, stdout, stderr, env } = process;
  // `gatewright plan | head` closes the pipe early, which is not an error.
  stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(0);
    throw error;
  });
  return {
    out: (text) => void stdout.write(text),
    note: (line) => void stderr.write(`${line}\n`),
    color: wantsColor(env, stdout.isTTY),
    noteColor: wantsColor(env, stderr.isTTY),
    columns: stdout.isTTY ? stdout.columns : undefined,
    interactive: stdin.isTTY === true && stderr.isTTY === true,
    ask: async (question) => {
      const { createInterface } = await import("node:readline/promises");
      const lines = createInterface({ input: stdin, output: stderr });
      const ended = new Promise<undefined>((resolve) => lines.once("close", () => resolve(undefined)));
      lines.once("SIGINT", () => lines.close());
      try {
        return await Promise.race([lines.question(question), ended]);
      } finally {
        lines.close();
      }
    },
    cwd: process.cwd(),
    env,
  };
}

/** Colours only on terminals, and not with NO_COLOR (https://no-color.org) or TERM=dumb. */
function wantsColor(env: Io["env"], isTerminal: boolean | undefined): boolean {
  return isTerminal === true && !env.NO_COLOR && env.TERM !== "dumb";
}
