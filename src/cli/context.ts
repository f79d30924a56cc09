/** The context of a command: the stack named by the options, and AWS. */
import { existsSync, statSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { type ConnectedAws, connectAws } from "../aws/connect.ts";
import type { StackOptions } from "../engine/stack.ts";
import { fail } from "../model/errors.ts";
import { isRegion, noRegion, REGION_FORM, regionOf } from "../model/stage.ts";
import { visible } from "../text/escape.ts";
import { createLocalSource } from "../source/local-source.ts";
import { untrackedText } from "../source/tracked.ts";
import type { SpecSource } from "../source/source.ts";
import type { Invocation } from "./arguments.ts";
import type { Io } from "./io.ts";

export interface Context {
  readonly io: Io;
  readonly invocation: Invocation;
  readonly stack: StackOptions;
  readonly aws: ConnectedAws;
}

/** Resolves the directory, the region and the base, without network requests. */
export async function makeContext(invocation: Invocation, io: Io): Promise<Context> {
  const { root, directory } = locate(invocation.directory, io.cwd);
  const region = await regionFor(invocation, io);
  const { stage, spec, projectName, base, adopt, allowDeletion, account, untracked } = invocation;
  const stack: StackOptions = {
    source: createLocalSource(root, {
      untracked,
      onUntracked: (paths) => io.note(`SOURCE_UNTRACKED: ${untrackedText(paths)}`),
    }),
    directory,
    spec,
    stage,
    region,
    projectName,
    env: { STAGE: stage, AWS_REGION: region },
    adopt,
    allowDeletion,
    expectedAccount: account,
    onConsole: (line) => io.note(`${spec ?? "spec"}: ${visible(line)}`),
    base: base === undefined ? undefined : await baseSource(root, base),
  };
  return { io, invocation, stack, aws: connectAws({ region, endpoint: invocation.endpoint }) };
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

function repositoryRoot(from: string): string | undefined {
  for (let directory = from; ; directory = dirname(directory)) {
    if (existsSync(join(directory, ".git"))) return directory;
    if (directory === dirname(directory)) return undefined;
  }
}

function contains(outer: string, inner: string): boolean {
  return inner === outer || inner.startsWith(outer.endsWith(sep) ? outer : outer + sep);
}

async function regionFor({ region, command }: Invocation, io: Io): Promise<string> {
  const found = region ?? regionOf(io.env) ?? (await profileRegion());
  if (found === undefined) {
    // A graph does not depend on the region.
    if (command === "graph") return "us-east-1";
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
async function profileRegion(): Promise<string | undefined> {
  const { STS } = await import("@aws-sdk/client-sts");
  return new STS({}).config.region().catch(() => undefined);
}
