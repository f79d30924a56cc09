/** The settings of the stage, from the default branch as the bot reads them, put together with the inputs. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { userErrors } from "../model/errors.ts";
import { stageOf } from "../settings/stages.ts";
import { noRegion } from "../model/stage.ts";
import type { GitHub } from "../github/client.ts";
import { errorOfGitHub } from "../github/errors.ts";
import { fileAt } from "../github/files.ts";
import type { RunFacts } from "../github/pull-request.ts";
import { SETTINGS_FILE } from "../settings/file.ts";
import type { Settings, StageSettings } from "../settings/schema.ts";
import { type StageValues, stageValues } from "../settings/values.ts";
import type { Inputs } from "./inputs.ts";
import type { Workflow } from "./log.ts";

/** The inputs after the settings have had their say. */
export interface Job extends Omit<Inputs, "region" | "fallbackRegion" | "allowDeletion"> {
  readonly allowDeletion: StageValues["allowDeletion"];
  readonly region: string;
  readonly values: StageValues;
  /** Which workflow builds code. */
  readonly code: Settings["code"];
  /** Whether what it built has to be attested for this stage. */
  readonly attestation: StageSettings["attestation"];
  readonly signerWorkflow: StageSettings["signerWorkflow"];
  /** The branch that the stage is deployed from; undefined for the default branch. */
  readonly branch: StageSettings["branch"];
}

interface Reading {
  readonly inputs: Inputs;
  readonly run: RunFacts;
  readonly github: GitHub | undefined;
  readonly workflow: Pick<Workflow, "notice">;
}

/** @throws SETTINGS_SYNTAX, SETTINGS_INVALID, SETTINGS_CONTRADICTED, NO_REGION */
export async function jobSettings(reading: Reading): Promise<Job> {
  const { inputs, workflow } = reading;
  const settings = await readSettings(reading);
  if (settings !== undefined && stageOf(settings, inputs.stage) === undefined) {
    workflow.notice(
      `${SETTINGS_FILE} has no stage "${inputs.stage}" (it has ${Object.keys(settings.stages).join(", ")}): this plan follows the inputs alone.`,
      { title: "STAGE_UNKNOWN" },
    );
  }
  return withSettings(inputs, settings);
}

const INPUT_OF = {
  region: 'the input "aws-region"',
  spec: 'the input "spec"',
  projectName: 'the input "project-name"',
  account: "the account",
} as const;

/** Pure. */
export function withSettings(inputs: Inputs, settings: Settings | undefined): Job {
  const { fallbackRegion: _, ...rest } = inputs;
  const values = stageValues(settings, inputs, (setting) => INPUT_OF[setting]);
  const { region, spec, projectName, allowDeletion } = values;
  if (region === undefined) throw noRegion('the "aws-region" input');
  const { attestation = "off", signerWorkflow, branch } = (settings && stageOf(settings, inputs.stage)) ?? {};
  const code = settings?.code;
  return {
    ...rest,
    region,
    spec,
    projectName,
    allowDeletion,
    values,
    code,
    attestation,
    signerWorkflow,
    branch,
  };
}

async function readSettings(reading: Reading): Promise<Settings | undefined> {
  const text = await settingsText(reading);
  if (text === undefined) return undefined;
  const { parseSettings } = await import("../settings/parse.ts");
  return parseSettings(text);
}

/**
 * The file of the default branch. Where the token cannot read it, the working copy's: a plan of that may differ from the bot's, and
 * the notice says so.
 */
async function settingsText({ inputs, run, github, workflow }: Reading): Promise<string | undefined> {
  const route = `GET ${SETTINGS_FILE}`;
  const missing = github === undefined || run.owner === "" ? "there is no token" : undefined;
  if (missing === undefined && github !== undefined) {
    try {
      return await fileAt(github.request, run, SETTINGS_FILE);
    } catch (error) {
      const [known] = userErrors(errorOfGitHub(error, route, "job")) ?? [];
      if (known === undefined || inputs.source === "api") throw error;
      return workingCopy(run, known.message, workflow);
    }
  }
  return inputs.source === "api" ? undefined : workingCopy(run, missing ?? "", workflow);
}

function workingCopy(
  { workspace }: RunFacts,
  why: string,
  workflow: Pick<Workflow, "notice">,
): string | undefined {
  const path = join(workspace, SETTINGS_FILE);
  if (!existsSync(path)) return undefined;
  workflow.notice(
    `${SETTINGS_FILE} is the working copy's, because the default branch's could not be read (${why}). The bot reads the default ` +
      "branch's; where the two differ, so do the plans. Give the job `permissions: contents: read` and the step its `github-token`.",
    { title: "SETTINGS_UNREADABLE" },
  );
  return readFileSync(path, "utf8");
}
