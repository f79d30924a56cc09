/**
 * The Action's inputs: the table that action.yml repeats (a contract test compares them), and the only code that reads
 * `INPUT_*`. Reports all mistakes at once.
 */
import { failAll, GatewrightError } from "../model/errors.ts";
import { isRegion, isStage, REGION_FORM, regionOf, STAGE_FORM } from "../model/stage.ts";
import { isSpecFile, SPEC_FILES_TEXT } from "../source/spec-files.ts";
import { isInside } from "../source/path.ts";
import { nearest } from "../text/suggest.ts";

interface InputDefinition {
  readonly description: string;
  readonly default: string;
}

export const INPUTS = {
  "github-token": {
    description:
      "Token for writing the plan comment (`pull-requests: write`) and reading the base branch's spec " +
      "(`contents: read`). Without write permission the plan appears only in the job summary.",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression that the runner evaluates.
    default: "${{ github.token }}",
  },
  directory: {
    description:
      "Directory of the stack, relative to the repository root. For several stacks, give a glob (`apis/*`) " +
      "or a list, one per line or separated by commas; `!apis/old` excludes one. A glob matches only " +
      "directories that contain a spec.",
    default: ".",
  },
  spec: {
    description: `The spec file, relative to the stack's directory. Default: \`spec\` in \`.github/gatewright.yml\`, else the first of ${SPEC_FILES_TEXT} that exists.`,
    default: "",
  },
  stage: {
    description: "The stage to plan. It is also the value of the `gc-stage` tag.",
    default: "dev",
  },
  "aws-region": {
    description:
      "The AWS region. Default: `region` of the stage in `.github/gatewright.yml`, else `AWS_REGION` or " +
      "`AWS_DEFAULT_REGION` from the environment.",
    default: "",
  },
  "project-name": {
    description:
      "The value of the `gc-project-name` tag. Default: `projectName` in `.github/gatewright.yml`, in config.js, else " +
      "`name` in package.json.",
    default: "",
  },
  comment: {
    description:
      "When to comment on the pull request: `always`, `changes` (only when the plan has changes; an " +
      "existing comment is updated in any case) or `never`.",
    default: "always",
  },
  "fail-on": {
    description:
      "What fails the job: a list of `error` (a stack cannot be planned, or its plan cannot be applied), " +
      "`delete` and `replace` (the plan contains one) and `foreign` (a resource with the same name exists " +
      "but does not carry the stack's tags), or `never`.",
    default: "error",
  },
  source: {
    description:
      "Where the files come from: `checkout` (the job's working copy) or `api` (the pull request's head " +
      "commit, read through the GitHub API). With `api` nothing is checked out; under `pull_request_target`, " +
      "`workflow_run` and `issue_comment` only `api` is accepted.",
    default: "checkout",
  },
  untracked: {
    description:
      "With `source: checkout`: `true` also reads files that git does not track, such as code that an earlier " +
      "step built. They are part of the plan, so keep credentials out of the stack's directory.",
    default: "false",
  },
  "code-folder": {
    description:
      "With `source: checkout`: a folder with built code, in which each artifact has a folder of its name. Without it, " +
      "`Code: { Artifact }` is what the workflow of `code` in `.github/gatewright.yml` has built of the commit. What is " +
      "applied always is the artifact.",
    default: "",
  },
  adopt: {
    description:
      "Existing resources that the plan takes over: names or `Group::Type::name`, one per line or separated " +
      "by commas.",
    default: "",
  },
  "allow-deletion": {
    description:
      "Protected resources (those that hold data) that the plan may delete or replace: names or `Group::Type::name`, " +
      "one per line or separated by commas, besides those in `allowDeletion` of the stage's settings.",
    default: "",
  },
  "plan-file": {
    description:
      "Where to write the plan as JSON. With several stacks, each gets its own file with the stack's " +
      "directory in the name. Default: `gatewright-plan.json` in the runner's temporary directory.",
    default: "",
  },
} as const satisfies Readonly<Record<string, InputDefinition>>;

type InputName = keyof typeof INPUTS;

const COMMENT_MODES = ["always", "changes", "never"] as const;
const SOURCES = ["checkout", "api"] as const;
const YES_OR_NO = ["true", "false"] as const;
const FAIL_ON = ["error", "delete", "replace", "foreign"] as const;

export type CommentMode = (typeof COMMENT_MODES)[number];
export type FailOn = (typeof FAIL_ON)[number];

export interface Inputs {
  readonly token: string | undefined;
  /** Paths and globs, including `!` exclusions. */
  readonly directories: readonly string[];
  readonly spec: string | undefined;
  readonly stage: string;
  /** Undefined when the input is empty. */
  readonly region: string | undefined;
  /** Of the environment: used where neither the input nor the stage's settings name a region. */
  readonly fallbackRegion: string | undefined;
  readonly projectName: string | undefined;
  readonly comment: CommentMode;
  readonly failOn: ReadonlySet<FailOn>;
  readonly source: (typeof SOURCES)[number];
  readonly untracked: boolean;
  /** Relative to the workspace. */
  readonly codeFolder: string | undefined;
  readonly adopt: readonly string[];
  readonly allowDeletion: readonly string[];
  readonly planFile: string | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads and checks all inputs. Throws one error per wrong input. */
export function readInputs(env: Environment): Inputs {
  const errors: GatewrightError[] = [];
  const raw = (name: InputName): string => {
    const given = env[`INPUT_${name.toUpperCase()}`]?.trim() ?? "";
    if (given !== "" || name === "github-token") return given;
    return INPUTS[name].default;
  };
  const optional = (name: InputName): string | undefined => raw(name) || undefined;
  const refuse = (name: InputName, value: string, accepted: string, words: readonly string[] = []): void => {
    const near = nearest(value, words);
    errors.push(
      new GatewrightError("INPUT_INVALID", `input "${name}" is "${value}"; accepted: ${accepted}`, {
        hint: `${near === undefined ? "" : `Did you mean "${near}"? `}Correct "${name}" under "with:" of the Gatewright step in the workflow.`,
      }),
    );
  };
  const oneOf = <Value extends string>(name: InputName, accepted: readonly [Value, ...Value[]]): Value => {
    const value = raw(name);
    const found = accepted.find((one) => one === value);
    if (found === undefined) refuse(name, value, accepted.join(", "), accepted);
    return found ?? accepted[0];
  };

  const directories = list(raw("directory"));
  for (const directory of directories) {
    if (!isInside(directory.replace(/^!/, "")))
      refuse("directory", directory, "a path or glob inside the repository, such as . or apis/*");
  }
  const spec = optional("spec");
  if (spec !== undefined && !(isInside(spec) && isSpecFile(spec)))
    refuse(
      "spec",
      spec,
      "a JavaScript or TypeScript file inside the stack's directory, such as resources.js",
    );
  const codeFolder = optional("code-folder");
  if (codeFolder !== undefined && (!isInside(codeFolder) || raw("source") === "api"))
    refuse("code-folder", codeFolder, "a folder inside the working copy, with source: checkout");
  const stage = raw("stage");
  if (!isStage(stage)) refuse("stage", stage, STAGE_FORM);
  const region = optional("aws-region");
  const fallbackRegion = regionOf(env);
  const namedRegion = region ?? fallbackRegion;
  if (namedRegion !== undefined && !isRegion(namedRegion)) refuse("aws-region", namedRegion, REGION_FORM);
  const failOn = list(raw("fail-on"));
  for (const one of failOn) {
    if (one === "never" ? failOn.length > 1 : !FAIL_ON.some((known) => known === one))
      refuse("fail-on", one, `a list of ${FAIL_ON.join(", ")}; or never, alone`, FAIL_ON);
  }

  const inputs: Inputs = {
    token: optional("github-token"),
    directories,
    spec,
    stage,
    region,
    fallbackRegion,
    projectName: optional("project-name"),
    comment: oneOf("comment", COMMENT_MODES),
    failOn: new Set(FAIL_ON.filter((one) => failOn.includes(one))),
    source: oneOf("source", SOURCES),
    untracked: oneOf("untracked", YES_OR_NO) === "true",
    codeFolder,
    adopt: list(raw("adopt")),
    allowDeletion: list(raw("allow-deletion")),
    planFile: optional("plan-file"),
  };
  if (inputs.source === "api" && inputs.token === undefined) {
    errors.push(
      new GatewrightError("INPUT_INVALID", 'input "source" is "api" and "github-token" is empty', {
        hint: 'Leave "github-token" at its default and give the job "permissions: contents: read".',
      }),
    );
  }
  failAll(errors);
  return inputs;
}

/** Splits at newlines and commas, and drops empty values. */
function list(value: string): readonly string[] {
  return value
    .split(/[\n,]/)
    .map((one) => one.trim())
    .filter((one) => one !== "");
}
