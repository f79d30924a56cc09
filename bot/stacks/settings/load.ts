/** Reads the settings from the default branch; while the file is invalid, the last valid settings apply. */
import { dirname } from "node:path/posix";
import { fail, type GatewrightError, userErrors } from "../../../src/model/errors.ts";
import type { GitHubRequest } from "../../../src/github/client.ts";
import { statusOf } from "../../../src/github/errors.ts";
import { at, list, text } from "../../../src/github/json.ts";
import { type RepositoryRef, place } from "../../../src/model/repository.ts";
import type { Services } from "../../services/services.ts";
import { parseSettings, SETTINGS_FILE } from "./parse.ts";
import { DEFAULT_SETTINGS, type Settings, settingsSchema } from "./schema.ts";

export interface LoadedSettings {
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
  const found = await readOrMiss(request, repository, SETTINGS_FILE);
  if (found !== undefined || !wasThere) return contentOf(found);
  const folder = await readOrMiss(request, repository, dirname(SETTINGS_FILE));
  const listed = list(folder).some((entry) => text(at(entry, "path")) === SETTINGS_FILE);
  if (!listed) return undefined;
  const again = await readOrMiss(request, repository, SETTINGS_FILE);
  return (
    contentOf(again) ??
    fail("GITHUB_ERROR", `GitHub lists ${SETTINGS_FILE} but does not find it`, {
      hint: "Send the command again in a few minutes.",
    })
  );
}

function contentOf(file: unknown): string | undefined {
  return file === undefined ? undefined : Buffer.from(text(at(file, "content")), "base64").toString("utf8");
}

async function readOrMiss(request: GitHubRequest, repository: RepositoryRef, path: string): Promise<unknown> {
  try {
    const { data } = await request("GET /repos/{owner}/{repo}/contents/{path}", {
      ...place(repository),
      path,
      ref: repository.defaultBranch,
    });
    return data;
  } catch (error) {
    if (statusOf(error) === 404) return undefined;
    throw error;
  }
}
