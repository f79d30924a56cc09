/** The command-line commands as data, for parsing and for help. */
import { SPEC_FILES_TEXT } from "../source/spec-files.ts";
import { NAME_FORM, REPOSITORY_FORM } from "./init/answers.ts";

export interface OptionDefinition {
  readonly type: "string" | "boolean";
  readonly short?: string;
  /** May be repeated. */
  readonly multiple?: boolean;
  /** The value's placeholder in help: `FILE`. */
  readonly value?: string;
  readonly description: string;
}

export const OPTIONS = {
  stage: { type: "string", short: "s", value: "STAGE", description: "stage to work on (default: dev)" },
  region: {
    type: "string",
    value: "REGION",
    description: "AWS region (default: the stage's settings, AWS_REGION, AWS_DEFAULT_REGION, AWS profile)",
  },
  spec: {
    type: "string",
    value: "FILE",
    description: `spec file inside the directory (default: ${SPEC_FILES_TEXT})`,
  },
  untracked: {
    type: "boolean",
    description: "also read files that git does not track, such as built code",
  },
  code: {
    type: "string",
    value: "DIR",
    description: "folder with built code: one folder, or .zip, per artifact that the spec names",
  },
  "project-name": {
    type: "string",
    value: "NAME",
    description: "value of the gc-project-name tag (default: config.js, package.json)",
  },
  account: { type: "string", value: "ID", description: "refuse credentials for any other AWS account" },
  endpoint: {
    type: "string",
    value: "URL",
    description: "AWS endpoint instead of Amazon's (default: AWS_ENDPOINT_URL)",
  },
  base: {
    type: "string",
    value: "REF",
    description: "git commit to compare the spec with: finds removed resources and drift",
  },
  adopt: {
    type: "string",
    multiple: true,
    value: "NAME",
    description: "take over a resource that this stack does not manage (repeatable)",
  },
  "allow-deletion": {
    type: "string",
    multiple: true,
    value: "NAME",
    description: "allow that a protected resource (one that holds data) is deleted or replaced (repeatable)",
  },
  json: { type: "string", value: "FILE", description: "write the plan as JSON (- for standard output)" },
  "detailed-exitcode": {
    type: "boolean",
    description: "exit with 0 for no changes, 2 for changes, 1 for an error",
  },
  yes: { type: "boolean", short: "y", description: "do not ask for confirmation" },
  "plan-id": {
    type: "string",
    value: "ID",
    description: "refuse to apply unless the plan still has this id",
  },
  type: { type: "string", short: "t", value: "GROUP::TYPE", description: "only this resource type" },
  name: {
    type: "string",
    value: "NAME",
    description: `name of the API and of the project: ${NAME_FORM}`,
  },
  protocol: { type: "string", value: "PROTOCOL", description: "HTTP or WEBSOCKET (default: HTTP)" },
  language: {
    type: "string",
    value: "LANGUAGE",
    description: "of the spec: JavaScript or TypeScript (default: JavaScript)",
  },
  repository: {
    type: "string",
    value: "OWNER/NAME",
    description: `${REPOSITORY_FORM} (default: git's origin)`,
  },
  force: { type: "boolean", description: "replace files that exist" },
  port: {
    type: "string",
    value: "PORT",
    description: "port of the first API on this machine, further APIs follow (default: 3000)",
  },
  verbose: { type: "boolean", description: "show every property of a plan" },
  "no-color": { type: "boolean", description: "no colors (also: NO_COLOR, or not a terminal)" },
  help: { type: "boolean", short: "h", description: "show help" },
  version: { type: "boolean", short: "v", description: "show the version" },
} as const satisfies Readonly<Record<string, OptionDefinition>>;

export type OptionName = keyof typeof OPTIONS;

export interface Command {
  readonly summary: string;
  readonly description: string;
  /** In order. Only `NAME` is required. */
  readonly arguments: readonly ("dir" | "NAME")[];
  readonly options: readonly OptionName[];
  readonly examples: readonly (readonly [line: string, meaning: string])[];
}

const EVERYWHERE = [
  "stage",
  "region",
  "spec",
  "untracked",
  "project-name",
  "verbose",
  "no-color",
  "help",
] as const;
const ON_AWS = [...EVERYWHERE, "account", "endpoint"] as const;

export const COMMANDS = {
  init: {
    summary: "write the files of a first API",
    description:
      "Asks for name, region, protocol and language; writes a spec, a function, the workflows, their settings and their IAM roles; then plans. Replaces no file without --force. To start from an API that exists, write it into the spec under its name and adopt it.",
    arguments: ["dir"],
    options: [
      "name",
      "region",
      "protocol",
      "language",
      "repository",
      "account",
      "yes",
      "force",
      "endpoint",
      "no-color",
      "help",
    ],
    examples: [
      ["gatewright init", "asks, in this directory"],
      ["gatewright init orders --yes", "an HTTP API with a function, without asking"],
      ["gatewright init chat --protocol WEBSOCKET --language TypeScript", "asks for the rest"],
    ],
  },
  dev: {
    summary: "run the stack on a local AWS",
    description:
      "Starts a local AWS (MiniStack, which is installed once and needs Python 3.10 or newer), applies the stack to it, gives each API an address on this machine, and applies again whenever a file changes. Sends nothing to Amazon, and needs no credentials.",
    arguments: ["dir"],
    options: ["port", "code", "stage", "region", "spec", "project-name", "no-color", "help"],
    examples: [
      ["gatewright dev", "the stack in this directory, at http://127.0.0.1:3000"],
      ["gatewright dev apis/orders --port 8080", "another directory and port"],
    ],
  },
  plan: {
    summary: "show what would change",
    description: "Evaluates the spec, reads AWS and shows what applying would change. Changes nothing.",
    arguments: ["dir"],
    options: ["base", "code", "adopt", "allow-deletion", "json", "detailed-exitcode", ...ON_AWS],
    examples: [
      ["gatewright plan", "the stack in this directory, stage dev"],
      ["gatewright plan apis/orders --stage prod", "another directory and stage"],
      ["gatewright plan --json plan.json --detailed-exitcode", "for scripts: 0 no changes, 2 changes"],
      ["gatewright plan --base origin/main", "also resources that this branch removes from the spec"],
    ],
  },
  apply: {
    summary: "apply the plan",
    description:
      "Plans, shows the plan, asks for confirmation, plans again and applies exactly what was shown.",
    arguments: ["dir"],
    options: ["base", "code", "adopt", "allow-deletion", "yes", "plan-id", "json", ...ON_AWS],
    examples: [
      ["gatewright apply", "shows the plan and asks"],
      ["gatewright apply --yes", "without asking, in scripts"],
      ["gatewright apply --yes --plan-id 3f9a1c22b07d", "only if the plan is still that one"],
    ],
  },
  destroy: {
    summary: "delete everything in the stack",
    description:
      "Shows what would be deleted, asks for confirmation, and deletes it in reverse order. Deletes only what the stack manages.",
    arguments: ["dir"],
    options: ["allow-deletion", "yes", "plan-id", ...ON_AWS],
    examples: [
      ["gatewright destroy --stage pr-17", "shows what would be deleted and asks"],
      ["gatewright destroy --stage pr-17 --yes", "without asking"],
      ["gatewright destroy --allow-deletion orders", "also the protected resource orders, with its data"],
    ],
  },
  list: {
    summary: "list the stack's resources in AWS",
    description: "A table per resource type with name, owner, live properties and tags, then a summary.",
    arguments: ["dir"],
    options: ["type", ...ON_AWS],
    examples: [
      ["gatewright list", "everything in the stack"],
      ["gatewright list -t ApiGatewayV2::Integration", "one type"],
    ],
  },
  graph: {
    summary: "draw the spec as a mermaid graph",
    description: "Prints the resources and what they depend on. Needs no AWS.",
    arguments: ["dir"],
    options: ["account", "endpoint", ...EVERYWHERE],
    examples: [
      ["gatewright graph", "to standard output"],
      ["gatewright graph apis/orders > orders.mmd", "into a file"],
    ],
  },
  permissions: {
    summary: "print the IAM policies that the spec needs",
    description:
      "Prints two policy documents as JSON: `plan` for the role that plans pull requests, `apply` for the role that applies. They allow the least that the spec needs, under the stage's names. Calls AWS only if the spec asks for the account; without --account or the stage's `account` the ARNs are of any account.",
    arguments: ["dir"],
    options: ["account", "endpoint", ...EVERYWHERE],
    examples: [
      ["gatewright permissions --stage prod", "to standard output"],
      [
        "gatewright permissions > access/permissions.json",
        "into a file that a stack with the roles requires",
      ],
    ],
  },
  adopt: {
    summary: "take over an existing resource",
    description:
      "Plans with the resource taken over, shows the plan, asks for confirmation and applies it: tags the resource as managed by this stack and updates it to match the spec.",
    arguments: ["NAME", "dir"],
    options: ["base", "code", "allow-deletion", "yes", "plan-id", ...ON_AWS],
    examples: [
      ["gatewright adopt my-api", "by its name in the spec"],
      ["gatewright adopt ApiGatewayV2::Api::my-api --yes", "by type and name, without asking"],
    ],
  },
} as const satisfies Readonly<Record<string, Command>>;

export type CommandName = keyof typeof COMMANDS;

export function isCommand(name: string): name is CommandName {
  return Object.hasOwn(COMMANDS, name);
}
