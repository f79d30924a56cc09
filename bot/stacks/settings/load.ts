/** Reads the settings from the default branch; while the file is invalid, the last valid settings apply. */
import { dirname } from "node:path/posix";
import { fail, type GatewrightError, userErrors } from "../../../src/model/errors.ts";
import { fileAt, folderAt } from "../../../src/github/files.ts";
import { type RepositoryRef, place } from "../../../src/model/repository.ts";
import type { Services } from "../../services/services.ts";
import { SETTINGS_FILE } from "../../../src/settings/file.ts";
import { parseSettings } from "../../../src/settings/parse.ts";
import { DEFAULT_SETTINGS, type Settings, settingsSchema } from "../../../src/settings/schema.ts";

interface LoadedSettings {
  readonly settings: Settings;
  /** What is wrong with the file on the default branch. */
  readonly errors: readonly GatewrightError[];
}

export async function loadSettings(services: Services, repository: RepositoryRef): Promise<LoadedSettings> {
  const last = await services.store.lastSettings(repository.id);
  const file = await readFile(services, repository, last !== undefined);
  if (file === undefined) {
    if (last !== undefined) await services.store.setLastSettings(repository.id, undefined);
    return { settings: DEFAULT_SETTINGS, errors: [] };
  }
  try {
    const settings = parseSettings(file);
    if (JSON.stringify(settings) !== JSON.stringify(last))
      await services.store.setLastSettings(repository.id, settings);
    return { settings, errors: [] };
  } catch (error) {
    const errors = userErrors(error);
    if (errors === undefined) throw error;
    if (last === undefined) throw error;
    return { settings: settingsSchema.parse(last), errors };
  }
}

/** Undefined if there is no file. A single 404 does not prove that a known file was deleted, and dropping its rules would be unsafe. */
async function readFile(
  services: Services,
  repository: RepositoryRef,
  wasThere: boolean,
): Promise<string | undefined> {
  const request = await services.github(repository);
  const read = (): Promise<string | undefined> =>
    fileAt(request, place(repository), SETTINGS_FILE, repository.defaultBranch);
  const found = await read();
  if (found !== undefined || !wasThere) return found;
  const listed = await folderAt(request, place(repository), dirname(SETTINGS_FILE), repository.defaultBranch);
  if (!listed.includes(SETTINGS_FILE)) return undefined;
  return (
    (await read()) ??
    fail("GITHUB_ERROR", `GitHub lists ${SETTINGS_FILE} but does not find it`, {
      hint: "Send the command again in a few minutes.",
    })
  );
}
