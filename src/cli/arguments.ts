/** Parses the command line into a command with validated values, or an error that names the accepted forms. */
import { parseArgs } from "node:util";
import { fail, failAll, GatewrightError } from "../model/errors.ts";
import { isRegion, isStage, REGION_FORM, STAGE_FORM } from "../model/stage.ts";
import { isInside } from "../source/path.ts";
import { nearest } from "../text/suggest.ts";
import {
  isName,
  isRepository,
  type Language,
  LANGUAGES,
  NAME_FORM,
  type Protocol,
  PROTOCOLS,
  REPOSITORY_FORM,
  wordOf,
} from "./init/answers.ts";
import {
  COMMANDS,
  type Command,
  type CommandName,
  isCommand,
  OPTIONS,
  type OptionName,
} from "./definitions.ts";
import { PLAN_NAME } from "../model/plan.ts";

export interface Invocation {
  readonly command: CommandName;
  readonly directory: string;
  /** The first argument, for commands that take a name. */
  readonly name: string | undefined;
  readonly stage: string;
  readonly region: string | undefined;
  readonly spec: string | undefined;
  readonly projectName: string | undefined;
  readonly account: string | undefined;
  readonly endpoint: string | undefined;
  readonly base: string | undefined;
  readonly adopt: readonly string[];
  readonly allowDeletion: readonly string[];
  readonly json: string | undefined;
  readonly untracked: boolean;
  /** The folder of built code. */
  readonly code: string | undefined;
  readonly detailedExitcode: boolean;
  readonly yes: boolean;
  readonly planId: string | undefined;
  readonly type: string | undefined;
  readonly color: boolean;
  readonly verbose: boolean;
  /** What `init` need not ask. */
  readonly apiName: string | undefined;
  readonly protocol: Protocol | undefined;
  readonly language: Language | undefined;
  readonly repository: string | undefined;
  /** Where `dev` listens. */
  readonly port: number | undefined;
  /** `init` replaces files. */
  readonly force: boolean;
}

type Request =
  | { readonly kind: "help"; readonly command: CommandName | undefined }
  | { readonly kind: "version" }
  | { readonly kind: "run"; readonly invocation: Invocation };

/** Parses the words after `gatewright`. */
export function readArguments(argv: readonly string[]): Request {
  const [first, ...rest] = argv;
  if (first === undefined || first === "--help" || first === "-h")
    return { kind: "help", command: undefined };
  if (first === "--version" || first === "-v") return { kind: "version" };
  if (first === "help") {
    const [about] = rest;
    return { kind: "help", command: about === undefined ? undefined : commandNamed(about) };
  }
  const command = commandNamed(first);
  const { values, positionals } = parse(command, COMMANDS[command], rest);
  if (values.help === true) return { kind: "help", command };
  return { kind: "run", invocation: invocation(command, values, positionals) };
}

function commandNamed(name: string): CommandName {
  if (isCommand(name)) return name;
  const what = name.startsWith("-") ? "an option" : "a command";
  return fail("USAGE", `"${name}" is not ${what}; accepted: ${Object.keys(COMMANDS).join(", ")}`, {
    hint: `${didYouMean(name, Object.keys(COMMANDS))}Run gatewright --help.`,
  });
}

type Values = Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;

function parse(name: CommandName, command: Command, args: readonly string[]) {
  const options = Object.fromEntries(
    command.options.map((option) => {
      const { type, short, multiple }: (typeof OPTIONS)[OptionName] & { short?: string; multiple?: boolean } =
        OPTIONS[option];
      return [option, { type, ...(short ? { short } : {}), ...(multiple ? { multiple } : {}) }];
    }),
  );
  try {
    const parsed = parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
    const most = command.arguments.length;
    const extra = parsed.positionals[most];
    if (extra !== undefined)
      throw new Error(`"${extra}" is one argument too many; accepted: ${command.arguments.join(" ")}`);
    return { values: parsed.values as Values, positionals: parsed.positionals };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    // Drop parseArgs's advice on passing such a word as an argument: it does not help here.
    const message = error.message.split(". ")[0] ?? error.message;
    const [, unknown] = /Unknown option '-{1,2}([^']+)'/.exec(message) ?? [];
    const meant = unknown === undefined ? "" : didYouMean(unknown, command.options, "--");
    return fail("USAGE", `gatewright ${name}: ${message}`, {
      hint: `${meant}Run gatewright ${name} --help.`,
    });
  }
}

function didYouMean(word: string, words: readonly string[], prefix = ""): string {
  const near = nearest(word, words);
  return near === undefined ? "" : `Did you mean "${prefix}${near}"? `;
}

function invocation(command: CommandName, values: Values, positionals: readonly string[]): Invocation {
  const errors: GatewrightError[] = [];
  const one = (name: OptionName): string | undefined => {
    const value = values[name];
    return typeof value === "string" && value !== "" ? value : undefined;
  };
  const checked = (
    name: OptionName,
    isFine: (value: string) => boolean,
    form: string,
  ): string | undefined => {
    const value = one(name);
    if (value === undefined || isFine(value)) return value;
    errors.push(
      new GatewrightError("OPTION_INVALID", `--${name} is "${value}"; accepted: ${form}`, {
        hint: `Run gatewright ${command} --help.`,
      }),
    );
    return undefined;
  };
  const word = <Word extends string>(
    name: OptionName,
    words: readonly Word[],
    form: string,
  ): Word | undefined => {
    const value = checked(name, (given) => wordOf(words, given) !== undefined, form);
    return value === undefined ? undefined : wordOf(words, value);
  };
  const named = COMMANDS[command].arguments.includes("NAME" as never);
  const [name, directory] = named ? positionals : [undefined, positionals[0]];
  if (named && name === undefined) {
    errors.push(
      new GatewrightError("USAGE", `gatewright ${command} needs NAME`, {
        hint: "Give the resource's name as the plan shows it, such as my-api.",
      }),
    );
  }
  const many = (name: OptionName): readonly string[] => {
    const given = values[name];
    return Array.isArray(given) ? given.filter((value) => typeof value === "string") : [];
  };
  const port = checked("port", isPort, "a number from 1 to 65535, such as 8080");
  const result: Invocation = {
    command,
    directory: directory ?? ".",
    name,
    stage: checked("stage", isStage, STAGE_FORM) ?? "dev",
    region: checked("region", isRegion, REGION_FORM),
    spec: checked("spec", isInside, "a path inside the stack's directory"),
    projectName: one("project-name"),
    account: checked("account", (value) => /^\d{12}$/.test(value), "twelve digits"),
    endpoint: checked("endpoint", isHttp, "a URL, such as http://localhost:4566"),
    base: checked("base", (value) => !value.startsWith("-"), "a git commit, branch or tag"),
    adopt: named && name !== undefined ? [name] : many("adopt"),
    allowDeletion: many("allow-deletion"),
    json: one("json"),
    untracked: values.untracked === true,
    code: one("code"),
    detailedExitcode: values["detailed-exitcode"] === true,
    yes: values.yes === true,
    planId: checked(
      "plan-id",
      (value) => PLAN_NAME.test(value),
      "twelve hex digits, as a plan shows, or the 64 of its digest",
    ),
    type: one("type"),
    color: values["no-color"] !== true,
    verbose: values.verbose === true,
    apiName: checked("name", isName, NAME_FORM),
    protocol: word("protocol", PROTOCOLS, "HTTP or WEBSOCKET"),
    language: word("language", LANGUAGES, "JavaScript or TypeScript"),
    repository: checked("repository", isRepository, REPOSITORY_FORM),
    port: port === undefined ? undefined : Number(port),
    force: values.force === true,
  };
  failAll(errors);
  return result;
}

function isPort(value: string): boolean {
  return /^\d{1,5}$/.test(value) && Number(value) >= 1 && Number(value) <= 65_535;
}

function isHttp(value: string): boolean {
  return /^https?:\/\//.test(value) && URL.canParse(value);
}
