/** The stages of a repository: those that are written, and those of its previews. Pure. */
import { own } from "../model/own.ts";
import { previewPull } from "../model/stage.ts";
import type { Settings, StageSettings } from "./schema.ts";

/** A stage by its name: as it is written, or the copy that a pull request gets (`pr-12`). */
export function stageOf(
  settings: Pick<Settings, "stages" | "preview">,
  name: string | undefined,
): StageSettings | undefined {
  if (name === undefined) return undefined;
  return own(settings.stages, name) ?? (previewPull(name) === undefined ? undefined : copied(settings));
}

/**
 * The stage of a preview: what the stage runs, with an account, a role and names of the previews' own. Nothing of it is applied by a merge,
 * and no other stage waits for it.
 */
function copied({ stages, preview }: Pick<Settings, "stages" | "preview">): StageSettings | undefined {
  const stage = own(stages, preview?.stage ?? "");
  if (preview === undefined || stage === undefined) return undefined;
  const { account, region, role, planRole, names, env, allowed } = preview;
  return {
    directories: stage.directories,
    smoke: stage.smoke,
    account: account ?? stage.account,
    region: region ?? stage.region,
    role,
    planRole,
    names,
    env: { ...stage.env, ...env },
    allowed,
    attestation: stage.attestation,
    signerWorkflow: stage.signerWorkflow,
    branch: stage.branch,
    apply: "before-merge",
    gates: ["permission"],
    needs: [],
    allowDeletion: [],
    drift: "off",
  };
}
