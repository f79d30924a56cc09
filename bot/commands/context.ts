/** What a command's handler is handed: who asked what, where, with the facts as they are now. */
import type { PullFacts } from "../gates/facts/pull.ts";
import type { GitHubRequest } from "../../src/github/client.ts";
import type { Services } from "../services/services.ts";
import type { Settings } from "../stacks/settings/schema.ts";
import type { RepositoryRef } from "../../src/model/repository.ts";
import type { Command } from "./grammar/commands.ts";

export interface CommandContext {
  readonly services: Services;
  readonly request: GitHubRequest;
  readonly repository: RepositoryRef;
  readonly settings: Settings;
  readonly pull: PullFacts;
  readonly command: Command;
  /** The command as it was written. */
  readonly text: string;
  readonly login: string;
  readonly commentId: number;
  /** Answers on the pull request; the reply is found again after a crash. */
  readonly reply: (body: string) => Promise<void>;
}

/** True: done well; false: refused or failed (decides the reaction). Runs react when they end: `later`. */
export type CommandOutcome = "done" | "refused" | "later";

export type CommandHandler = (context: CommandContext) => Promise<CommandOutcome>;
