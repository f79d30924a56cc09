/** The terminal as the commands see it: replaceable in tests. */

export interface Io {
  /** Results: what goes into a pipe. */
  readonly out: (text: string) => void;
  /** Progress, questions, errors. */
  readonly note: (line: string) => void;
  /** Results may have colors. */
  readonly color: boolean;
  /** Progress and errors may have colors. */
  readonly noteColor: boolean;
  /** Width of standard output; `undefined` when it is not a terminal. */
  readonly columns: number | undefined;
  /** There is a terminal to ask at. */
  readonly interactive: boolean;
  readonly ask: (question: string) => Promise<string>;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The process's own streams. */
export function processIo(): Io {
  const { stdin, stdout, stderr, env } = process;
  // `gatewright plan | head` closes the pipe early: that is not an error.
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
      // Ctrl-C and Ctrl-D at the question are a "no".
      const ended = new Promise<string>((resolve) => lines.once("close", () => resolve("")));
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

/** Colour on terminals only; NO_COLOR and TERM=dumb turn it off (https://no-color.org). */
export function wantsColor(env: Io["env"], isTerminal: boolean | undefined): boolean {
  return isTerminal === true && !env.NO_COLOR && env.TERM !== "dumb";
}
