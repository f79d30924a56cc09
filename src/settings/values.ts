/**
 * What a stage's settings say about how its spec is evaluated. Action, terminal and bot all take it from here, so that one commit
 * has one plan id everywhere. Pure.
 */
import { GatewrightError, failAll } from "../model/errors.ts";
import { previewPull } from "../model/stage.ts";
import { SETTINGS_FILE } from "./file.ts";
import type { Settings } from "./schema.ts";
import { stageOf } from "./stages.ts";

/** What the caller was given besides the settings: inputs of the Action, options of the terminal. */
interface Given {
  readonly stage: string;
  /** Asked for by name. */
  readonly region?: string | undefined;
  /** Where nobody asks for one: of the environment. */
  readonly fallbackRegion?: string | undefined;
  readonly spec?: string | undefined;
  readonly projectName?: string | undefined;
  readonly account?: string | undefined;
  readonly allowDeletion?: readonly string[] | undefined;
}

export interface StageValues {
  /** Undefined: neither the settings nor the caller has one. */
  readonly region: string | undefined;
  readonly spec: string | undefined;
  readonly projectName: string | undefined;
  readonly expectedAccount: string | undefined;
  /** The pattern of names in AWS. */
  readonly names: string | undefined;
  readonly env: Readonly<Record<string, string>>;
  /** `all` in a preview: what holds data there is a copy's own. */
  readonly allowDeletion: readonly string[] | "all";
}

/** What may be said in both places, and then has to be the same. */
const SAID_TWICE = ["region", "spec", "projectName", "account"] as const;
type SaidTwice = (typeof SAID_TWICE)[number];

/**
 * @param settings undefined without a file; a stage that is not in it has no settings
 * @param nameOf how the caller's user writes a setting: `--region`
 * @throws SETTINGS_CONTRADICTED for each setting that the caller was given otherwise
 */
export function stageValues(
  settings: Settings | undefined,
  given: Given,
  nameOf: (setting: SaidTwice) => string,
): StageValues {
  const stage = settings === undefined ? undefined : stageOf(settings, given.stage);
  // A stage that the file does not know is not the bot's to apply: nothing can differ from it.
  const said = {
    region: stage?.region,
    account: stage?.account,
    spec: stage === undefined ? undefined : settings?.spec,
    projectName: stage === undefined ? undefined : settings?.projectName,
  };
  failAll(
    SAID_TWICE.flatMap((setting) => {
      const [here, there] = [given[setting], said[setting]];
      return here === undefined || there === undefined || here === there
        ? []
        : [contradiction(nameOf(setting), setting, here, there)];
    }),
  );
  return {
    region: given.region ?? said.region ?? given.fallbackRegion,
    spec: given.spec ?? said.spec,
    projectName: given.projectName ?? said.projectName,
    expectedAccount: given.account ?? said.account,
    names: stage?.names,
    env: stage?.env ?? {},
    allowDeletion:
      stage !== undefined && previewPull(given.stage) !== undefined
        ? "all"
        : [...new Set([...(stage?.allowDeletion ?? []), ...(given.allowDeletion ?? [])])],
  };
}

function contradiction(name: string, setting: SaidTwice, here: string, there: string): GatewrightError {
  return new GatewrightError(
    "SETTINGS_CONTRADICTED",
    `${name} is "${here}"; ${SETTINGS_FILE} says ${setting}: "${there}"`,
    {
      hint: `Remove ${name}: Action, terminal and bot take it from the file, so that their plans are the same.`,
    },
  );
}

/** The file of the workflow that builds code. */
export function buildFileOf({ code }: Pick<Settings, "code">): string | undefined {
  return code === undefined ? undefined : `.github/workflows/${code.workflow}`;
}
