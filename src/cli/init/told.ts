/** What `gatewright init` says: the files, and what comes next. Pure. */
import { joinPath } from "../../source/path.ts";
import { columns, padded } from "../../text/width.ts";
import { ACCOUNT, type Facts, isUnfinished, REPOSITORY, SETTINGS } from "./files.ts";
import type { Written } from "./write.ts";

export function filesText(written: readonly Written[], facts: Facts): string {
  const width = Math.max(...written.map(({ file }) => columns(file.path)));
  const lines = written.map(({ file, outcome }) => {
    const note = outcome === "written" ? file.about : NOTE[outcome];
    return `  ${padded(file.path, width)}  ${note}`;
  });
  return ["Files:", ...lines, ...(facts.joins ? ["", ...joining(facts)] : []), ""].join("\n");
}

const NOTE = { unchanged: "as it was", kept: "as you have it; not replaced" } as const;

/** The repository has a stack already, whose workflows this one shares. */
function joining({ name, directory }: Facts): readonly string[] {
  return [
    `The repository has ${SETTINGS}. Two things are yours to add:`,
    `  "${directory}" to directories there, and to directory in the workflow that plans;`,
    `  functions and roles called ${name}-* to what the workflows' roles may change.`,
  ];
}

interface Situation {
  /** The directory as the user gave it; `.` is where they are. */
  readonly given: string;
  /** False if there are no AWS credentials. */
  readonly planned: boolean;
  readonly inGit: boolean;
}

export function nextText(written: readonly Written[], facts: Facts, situation: Situation): string {
  const { given, planned, inGit } = situation;
  const at = given === "." ? "" : ` ${given}`;
  const access = given === "." ? "access" : joinPath(given, "access");
  const unfinished = written
    .filter(({ file, outcome }) => outcome === "written" && isUnfinished(file, facts))
    .map(({ file }) => file.path);
  const missing = [
    ...(facts.account === undefined ? [`${ACCOUNT} by your AWS account's number`] : []),
    ...(facts.repository === undefined ? [`${REPOSITORY} by your repository on GitHub`] : []),
  ];
  const steps = [
    `npx gatewright dev${at}: serves it on this machine, without AWS.`,
    ...(planned ? [] : ["Sign in to AWS (AWS_PROFILE or access keys), then look: npx gatewright plan" + at]),
    ...(unfinished.length > 0 ? [`Replace ${missing.join(" and ")} in ${unfinished.join(", ")}.`] : []),
    ...(inGit ? ["git add --all: of a repository, Gatewright reads what git tracks."] : []),
    ...(facts.joins
      ? []
      : [
          `npx gatewright apply ${access}: makes the roles of the workflows and the boundary of the API's, once per account.`,
        ]),
    `npx gatewright apply${at}: makes the API and prints its endpoint.`,
    "Push to GitHub and open a pull request: its plan is a comment, and /apply applies it.",
  ];
  return ["Next:", ...steps.map((step, index) => `  ${index + 1}. ${step}`), ""].join("\n");
}
