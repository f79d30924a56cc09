/** The branch that a stack's stage is deployed from, by the settings as they are now: for those who tell about a run. */
import { own } from "../../../src/model/own.ts";
import { userErrors } from "../../../src/model/errors.ts";
import type { StackRef } from "../../../src/model/run.ts";
import type { Services } from "../../services/services.ts";
import { stageBranch } from "../branch.ts";
import { loadSettings } from "./load.ts";

/** The default branch where the settings are not valid, or have no such stage any more. */
export async function branchOf(
  services: Services,
  { repository, stage }: Pick<StackRef, "repository" | "stage">,
): Promise<string> {
  try {
    const { settings } = await loadSettings(services, repository);
    return stageBranch(repository, own(settings.stages, stage));
  } catch (error) {
    if (userErrors(error) === undefined) throw error;
    return repository.defaultBranch;
  }
}
