/** `gatewright init`: asks, writes the files of a first stack, and plans it. */
import { existsSync, readFileSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { connectAws } from "../../aws/connect.ts";
import { identify } from "../../aws/identity.ts";
import { fail, userErrors } from "../../model/errors.ts";
import { regionOf } from "../../model/stage.ts";
import type { Invocation } from "../arguments.ts";
import { makeContext, profileRegion, repositoryRoot } from "../context.ts";
import { type Answers, nameOf, type Question, QUESTIONS } from "../init/answers.ts";
import { type Facts, filesFor, SETTINGS } from "../init/files.ts";
import { gitFacts } from "../init/repository.ts";
import { readTemplate } from "../init/templates.ts";
import { filesText, nextText } from "../init/told.ts";
import { writeFiles } from "../init/write.ts";
import type { Io } from "../io.ts";
import { CANCELLED_EXIT } from "./cancel.ts";
import { run as plan } from "./plan.ts";

export async function run(invocation: Invocation, io: Io): Promise<number> {
  const target = resolve(io.cwd, invocation.directory);
  const answers = await answer(invocation, io, target);
  if (answers === undefined) {
    io.note("Nothing was written.");
    return CANCELLED_EXIT;
  }
  const root = repositoryRoot(target) ?? target;
  const git = gitFacts(existsSync(target) ? target : root);
  const facts: Facts = {
    ...answers,
    directory: relative(root, target).split(sep).join("/") || ".",
    repository: invocation.repository ?? git.repository,
    branch: git.branch,
    nameless: isNameless(join(target, "package.json")),
    joins: existsSync(join(root, SETTINGS)) && !existsSync(join(target, "access")),
    account: invocation.account ?? (await accountOf(answers.region, invocation.endpoint)),
  };
  const written = writeFiles(root, filesFor(facts, readTemplate), invocation.force);
  io.out(filesText(written, facts));
  const code = await planned(invocation, io, facts);
  if (code !== 1) {
    const situation = {
      planned: code === 0,
      inGit: existsSync(join(root, ".git")),
      given: invocation.directory,
    };
    io.out(`\n${nextText(written, facts, situation)}`);
  }
  return code ?? 0;
}

/** What the options say; the rest is asked, or takes its default with --yes. `undefined`: the user left. */
async function answer(invocation: Invocation, io: Io, target: string): Promise<Answers | undefined> {
  const { yes } = invocation;
  const given: Partial<Answers> = defined({
    name: invocation.apiName,
    region: invocation.region,
    protocol: invocation.protocol,
    language: invocation.language,
  });
  const isComplete = Object.keys(given).length === Object.keys(QUESTIONS).length;
  if (!yes && !io.interactive && !isComplete) {
    fail("CONFIRMATION_NEEDED", "gatewright init asks questions, but this is not a terminal", {
      hint: "Add --yes, which takes the defaults for what --name, --region, --protocol and --language do not say.",
    });
  }
  const region = given.region ?? regionOf(io.env) ?? (await profileRegion()) ?? "us-east-1";
  const defaults: Answers = { name: nameOf(target), region, protocol: "http", language: "javascript" };
  if (yes || isComplete) return { ...defaults, ...given };
  const name = given.name ?? (await ask(io, QUESTIONS.name, defaults.name));
  if (name === undefined) return undefined;
  const place = given.region ?? (await ask(io, QUESTIONS.region, defaults.region));
  if (place === undefined) return undefined;
  const protocol = given.protocol ?? (await ask(io, QUESTIONS.protocol, defaults.protocol));
  if (protocol === undefined) return undefined;
  const language = given.language ?? (await ask(io, QUESTIONS.language, defaults.language));
  if (language === undefined) return undefined;
  return { name, region: place, protocol, language };
}

async function ask<Key extends keyof Answers>(
  io: Io,
  { text, form, take }: Question<Key>,
  fallback: Answers[Key],
): Promise<Answers[Key] | undefined> {
  for (;;) {
    const said = await io.ask(`${text} (${fallback}): `);
    if (said === undefined) return undefined;
    const value = said.trim() === "" ? fallback : take(said.trim());
    if (value !== undefined) return value;
    io.note(`"${said.trim()}" is not accepted; accepted: ${form}`);
  }
}

/** True for a package.json that is there, but names nothing. */
function isNameless(path: string): boolean {
  if (!existsSync(path)) return false;
  try {
    const { name } = JSON.parse(readFileSync(path, "utf8")) as { readonly name?: unknown };
    return typeof name !== "string" || name === "";
  } catch {
    // Not JSON: the plan says so, with the line.
    return false;
  }
}

/** The account of the credentials at hand. Without them, the user fills it in. */
async function accountOf(region: string, endpoint: string | undefined): Promise<string | undefined> {
  return identify(connectAws({ region, endpoint, attempts: 1 })).then(
    ({ account }) => account,
    () => undefined,
  );
}

/** The exit code of the plan; `undefined` without credentials. */
async function planned(invocation: Invocation, io: Io, { region }: Facts): Promise<number | undefined> {
  const asked: Invocation = {
    ...invocation,
    command: "plan",
    region,
    // New files are not in git yet.
    untracked: true,
  };
  try {
    return await plan(await makeContext(asked, io));
  } catch (error) {
    if (userErrors(error)?.every(({ code }) => code === "AWS_NO_CREDENTIALS") === true) {
      io.note("No AWS credentials were found, so nothing was planned. What to do is below.");
      return undefined;
    }
    throw error;
  }
}

function defined<Of extends object>(
  values: { readonly [Key in keyof Of]?: Of[Key] | undefined },
): Partial<Of> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<Of>;
}
