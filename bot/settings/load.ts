/** Reads the settings from the default branch; a broken file is told, and the last valid settings hold. */
import { type ErrorView, type GatewrightError, userErrors } from "../../src/index.ts";
import { errorAnswer } from "../commands/answer.ts";
import { at, statusOf, text } from "../github/api.ts";
import { place, type Services } from "../services.ts";
import type { RepositoryRef } from "../types.ts";
import { parseSettings, SETTINGS_FILE } from "./parse.ts";
import { DEFAULT_SETTINGS, type Settings, settingsSchema } from "./schema.ts";

export interface LoadedSettings {
  readonly settings: Settings;
  /** Why the file of the default branch does not hold, when it does not. */
  readonly errors: readonly GatewrightError[];
}

export async function loadSettings(services: Services, repository: RepositoryRef): Promise<LoadedSettings> {
  const file = await readFile(services, repository);
  if (file === undefined) return { settings: DEFAULT_SETTINGS, errors: [] };
  const key = `settings/${repository.id}`;
  try {
    const settings = parseSettings(file);
    await services.store.setNote(key, JSON.stringify(settings));
    return { settings, errors: [] };
  } catch (error) {
    const errors = userErrors(error);
    if (errors === undefined) throw error;
    const last = await services.store.getNote(key);
    if (last === undefined) throw error;
    return { settings: settingsSchema.parse(JSON.parse(last)), errors };
  }
}

/** What the pull request is told of a file that does not hold. */
export function settingsNotice(errors: readonly ErrorView[]): string {
  return `${errorAnswer(errors)}\n\nThe last valid settings hold until the file on the default branch is mended.`;
}

async function readFile(services: Services, repository: RepositoryRef): Promise<string | undefined> {
  const request = await services.github(repository);
  try {
    const { data } = await request("GET /repos/{owner}/{repo}/contents/{path}", {
      ...place(repository),
      path: SETTINGS_FILE,
      ref: repository.defaultBranch,
    });
    return Buffer.from(text(at(data, "content")), "base64").toString("utf8");
  } catch (error) {
    if (statusOf(error) === 404) return undefined;
    throw error;
  }
}
