/** Help texts, generated from the table of commands. */
import {
  COMMANDS,
  type Command,
  type CommandName,
  OPTIONS,
  type OptionDefinition,
  type OptionName,
} from "./definitions.ts";

/** The help for one command, or for all. */
export function help(name: CommandName | undefined): string {
  return name === undefined ? overview() : commandHelp(name, COMMANDS[name]);
}

function overview(): string {
  const commands = Object.entries(COMMANDS).map(([name, { summary, arguments: args }]): [string, string] => [
    usage(name, args),
    summary,
  ]);
  return [
    "Deploys AWS API Gateway stacks from resources.js.",
    "",
    "Usage: gatewright COMMAND [dir] [options]",
    "",
    "Commands:",
    ...columns(commands),
    "",
    "Examples:",
    ...columns(Object.values(COMMANDS).map(({ examples }): [string, string] => [...examples[0]])),
    "",
    "gatewright COMMAND --help shows a command's options and examples; gatewright --version shows the version.",
    "",
  ].join("\n");
}

function commandHelp(name: CommandName, command: Command): string {
  return [
    command.description,
    "",
    `Usage: gatewright ${usage(name, command.arguments)} [options]`,
    "",
    "Options:",
    ...columns(command.options.map(optionLine)),
    "",
    "Examples:",
    ...columns(command.examples.map(([line, meaning]): [string, string] => [line, meaning])),
    "",
  ].join("\n");
}

function usage(name: string, args: readonly string[]): string {
  return [name, ...args.map((arg) => (arg === "dir" ? "[dir]" : arg))].join(" ");
}

function optionLine(name: OptionName): [string, string] {
  const { short, value, description }: OptionDefinition = OPTIONS[name];
  const long = value === undefined ? `--${name}` : `--${name} ${value}`;
  return [short === undefined ? `    ${long}` : `-${short}, ${long}`, description];
}

function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
