/** The input of a command's handler: the person, the command, the pull request and the current facts. */
import type { GateContext } from "../../gates/evaluate.ts";
import type { CommandCause } from "../../../src/model/run.ts";
import type { CommandReply } from "../../reports/command-reply.ts";
import type { Command } from "../grammar/commands.ts";

export interface CommandContext extends GateContext {
  readonly command: Command;
  /** The command as it was written. */
  readonly text: string;
  readonly commentId: number;
  /** The command as the cause of its runs. */
  readonly cause: CommandCause;
  /** The group of its runs: the same when the command is handled again after a crash. */
  readonly group: string;
  /** Answers on the pull request. */
  readonly reply: CommandReply;
}

/** Decides the reaction: 🚀 for `done`, 😕 for `refused`. With `later` the runs react when they end. */
export type CommandOutcome = "done" | "refused" | "later";

export type CommandHandler = (context: CommandContext) => Promise<CommandOutcome>;
