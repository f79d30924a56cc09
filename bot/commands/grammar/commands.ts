/** Every command: its arguments, its usage, and its line in `/help` and the documentation. */

export const COMMANDS = [
  "plan",
  "apply",
  "adopt",
  "destroy",
  "rollback",
  "preview",
  "list",
  "drift",
  "lock",
  "unlock",
  "release",
  "cancel",
  "status",
  "help",
] as const;

export type CommandName = (typeof COMMANDS)[number];

/** A command with its arguments. Fields that a command does not take are absent. */
export interface Command {
  readonly name: CommandName;
  /** `-s`, `--stage` */
  readonly stage?: string | undefined;
  /** Further stages of `/apply -s dev -s prod`, as written. */
  readonly alsoStages?: readonly string[] | undefined;
  /** `-d`, `--directory` */
  readonly directory?: string | undefined;
  /** `/apply 1a2b3c4d5e6f`, `/destroy 1a2b3c4d5e6f` */
  readonly planId?: string | undefined;
  /** `/adopt my-api` */
  readonly resource?: string | undefined;
  /** `/list -t ApiGatewayV2::Route` */
  readonly type?: string | undefined;
  /** `/preview off` */
  readonly off?: true | undefined;
  /** `/lock because …` */
  readonly reason?: string | undefined;
}

export interface Shape {
  /** The positional argument, if the command takes one. */
  readonly argument?: "planId" | "resource" | "reason" | "off";
  /** No `-s` and `-d`: it is about the pull request. */
  readonly whole?: boolean;
  readonly required?: boolean;
  readonly type?: boolean;
  /** `-s` may appear several times. */
  readonly stages?: boolean;
  readonly usage: string;
  readonly summary: string;
}

/** Every command: its usage and its summary in `/help`. */
export const SHAPES: Readonly<Record<CommandName, Shape>> = {
  plan: {
    usage: "/plan [-s STAGE] [-d DIRECTORY]",
    summary: "plan the stacks that this pull request changes, or the one in DIRECTORY",
  },
  apply: {
    argument: "planId",
    stages: true,
    usage: "/apply [PLAN-ID] [-s STAGE]… [-d DIRECTORY]",
    summary: "apply the reviewed plans; of several stages one after the other, in the order of `needs`",
  },
  adopt: {
    argument: "resource",
    required: true,
    usage: "/adopt NAME [-s STAGE] [-d DIRECTORY]",
    summary: "plan with an existing resource taken over, besides those named since the last `/plan`",
  },
  destroy: {
    argument: "planId",
    usage: "/destroy [PLAN-ID] [-s STAGE] [-d DIRECTORY]",
    summary: "delete everything in the stack; asks for confirmation",
  },
  rollback: {
    argument: "planId",
    usage: "/rollback [PLAN-ID] [-s STAGE] [-d DIRECTORY]",
    summary:
      "plan the last commit that was deployed well before this one; with the id of that plan, go back to it",
  },
  preview: {
    argument: "off",
    whole: true,
    usage: "/preview [off]",
    summary: "make a running copy of this pull request, which follows its pushes; `off` deletes it",
  },
  list: {
    type: true,
    usage: "/list [-t GROUP::TYPE] [-s STAGE] [-d DIRECTORY]",
    summary: "list the stack's resources in AWS",
  },
  drift: {
    usage: "/drift [-s STAGE] [-d DIRECTORY]",
    summary: "compare AWS with the branch that the stage is deployed from",
  },
  lock: {
    argument: "reason",
    required: true,
    usage: "/lock REASON [-s STAGE] [-d DIRECTORY]",
    summary: "lock the stack: nothing is applied to it",
  },
  unlock: { usage: "/unlock [-s STAGE] [-d DIRECTORY]", summary: "unlock the stack" },
  release: {
    usage: "/release [-s STAGE] [-d DIRECTORY]",
    summary: "end the hold of a pull request that was applied and is not merged",
  },
  cancel: {
    usage: "/cancel [-s STAGE] [-d DIRECTORY]",
    summary:
      "stop this pull request's runs: a plan at once, an apply before its next step; a step that AWS does not answer gets 10 seconds",
  },
  status: { usage: "/status [-s STAGE] [-d DIRECTORY]", summary: "show runs, locks and gates" },
  help: { usage: "/help", summary: "show this help" },
};
