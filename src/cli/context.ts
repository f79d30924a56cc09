/** The context of a command: the stack named by the options, and AWS. */
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { type ConnectedAws, type ConnectOptions, connectAws } from "../aws/connect.ts";
import type { StackOptions } from "../engine/stack.ts";
import { fail } from "../model/errors.ts";
import { isRegion, noRegion, REGION_FORM, regionOf } from "../model/stage.ts";
import { visible } from "../text/escape.ts";
import { type BuiltCode, codeOfFolder } from "../source/built-code.ts";
import { createLocalSource } from "../source/local-source.ts";
import { untrackedText } from "../source/tracked.ts";
import type { SpecSource } from "../source/source.ts";
import { SETTINGS_FILE } from "../settings/file.ts";
import type { Settings } from "../settings/schema.ts";
import { callsFor } from "../settings/smoke.ts";
import { stageOf } from "../settings/stages.ts";
import { stageValues } from "../settings/values.ts";
import type { Invocation } from "./arguments.ts";
import type { Io } from "./io.ts";

export interface Context {
  readonly io: Io;
  readonly invocation: Invocation;
  readonly stack: StackOptions;
  readonly aws: ConnectedAws;
  /** How many smoke calls the stage's settings have for this stack: the bot makes them. */
  readonly smokeCalls: number;
}

/**
 * Resolves the directory, the region and the base, without network requests.
 * @param credentials instead of those that the SDK finds
 */
export async function makeContext(
  invocation: Invocation,
  io: Io,
  credentials?: ConnectOptions["credentials"],
): Promise<Context> {
  const { root, directory } = locate(invocation.directory, io.cwd);
  const { stage, base, adopt, untracked, code } = invocation;
  const settings = await readSettings(root, stage, io);
  const values = stageValues(settings, invocation, (name) => OPTION_OF[name]);
  const region = await regionFor(values.region, invocation, io);
  const stack: StackOptions = {
    source: createLocalSource(root, {
      untracked,
      onUntracked: (paths) => io.note(`SOURCE_UNTRACKED: ${untrackedText(paths)}`),
    }),
    built: code === undefined ? notGiven : builtCode(code, io.cwd),
    ...values,
    directory,
    stage,
    region,
    adopt,
    onConsole: (line) => io.note(`${values.spec ?? "spec"}: ${visible(line)}`),
    base: base === undefined ? undefined : await baseSource(root, base),
  };
  const { smoke = {} } = (settings && stageOf(settings, stage)) ?? {};
  return {
    io,
    invocation,
    stack,
    aws: connectAws({ region, endpoint: invocation.endpoint, credentials }),
    smokeCalls: callsFor(smoke, directory).length,
  };
}

/** A terminal does not ask GitHub what a workflow has built, whatever the settings say. */
const notGiven: BuiltCode = {
  archiveOf: async (artifact) =>
    fail(
      "CODE_FOLDER_MISSING",
      `the artifact ${JSON.stringify(artifact)} is built, and no folder of built code was given`,
      {
        hint: "Build the code, and give the folder that has one folder or .zip per artifact: --code DIR.",
      },
    ),
};

/** The code of `--code`. */
function builtCode(path: string, cwd: string): BuiltCode {
  const folder = resolve(cwd, path);
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    fail(
      "DIRECTORY_NOT_FOUND",
      `"${path}" is not a directory; accepted: a folder with one folder per artifact`,
      {
        hint: "Build the code first, then give the folder that holds it: --code dist.",
      },
    );
  }
  return codeOfFolder(path, createLocalSource(folder, { untracked: true }));
}

/** Checks that a requested base exists. The engine would silently plan without it. */
async function baseSource(root: string, ref: string): Promise<SpecSource> {
  const { createGitSource } = await import("../source/git-source.ts");
  const source = createGitSource(root, ref);
  await source.list("");
  return source;
}

/** The repository's root and the directory inside it, so that a plan has the same id here and in the Action. */
export function locate(path: string, cwd: string): { readonly root: string; readonly directory: string } {
  const full = resolve(cwd, path);
  if (!existsSync(full) || !statSync(full).isDirectory()) {
    fail("DIRECTORY_NOT_FOUND", `"${path}" is not a directory; accepted: a directory that contains a spec`, {
      hint: "Give the directory of resources.js, such as . or apis/orders.",
    });
  }
  const root = repositoryRoot(full) ?? (contains(cwd, full) ? resolve(cwd) : full);
  return { root, directory: relative(root, full).split(sep).join("/") || "." };
}

export function repositoryRoot(from: string): string | undefined {
  for (let directory = from; ; directory = dirname(directory)) {
    if (existsSync(join(directory, ".git"))) return directory;
    if (directory === dirname(directory)) return undefined;
  }
}

function contains(outer: string, inner: string): boolean {
  return inner === outer || inner.startsWith(outer.endsWith(sep) ? outer : outer + sep);
}

const OPTION_OF = {
  region: "--region",
  spec: "--spec",
  projectName: "--project-name",
  account: "--account",
} as const;

/** The working copy's: what the branch will say once it is merged. */
async function readSettings(root: string, stage: string, io: Io): Promise<Settings | undefined> {
  const path = join(root, SETTINGS_FILE);
  if (!existsSync(path)) return undefined;
  const { parseSettings } = await import("../settings/parse.ts");
  const settings = parseSettings(readFileSync(path, "utf8"));
  if (stageOf(settings, stage) === undefined)
    io.note(
      `STAGE_UNKNOWN: ${SETTINGS_FILE} has no stage "${stage}" (it has ${Object.keys(settings.stages).join(", ")}): this plan follows the options alone.`,
    );
  return settings;
}

async function regionFor(
  named: string | undefined,
  { command }: Pick<Invocation, "command">,
  io: Io,
): Promise<string> {
  const found = named ?? regionOf(io.env) ?? (await profileRegion());
  if (found === undefined) {
    // A graph does not depend on the region, and a local AWS has them all.
    if (command === "graph" || command === "dev") return "us-east-1";
    throw noRegion("--region");
  }
  if (!isRegion(found)) {
    fail("OPTION_INVALID", `the region is "${found}"; accepted: ${REGION_FORM}`, {
      hint: "Set --region, or correct AWS_REGION in the environment.",
    });
  }
  return found;
}

/** The region from the AWS profile, resolved by the SDK. */
export async function profileRegion(): Promise<string | undefined> {
  const { STS } = await import("@aws-sdk/client-sts");
  return new STS({}).config.region().catch(() => undefined);
}
