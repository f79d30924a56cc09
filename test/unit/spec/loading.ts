/** Loads specs that are written in the test itself, with the real sandbox and the real types. */
import { GatewrightErrors, userErrors } from "../../../src/model/errors.ts";
import { resourceTypes } from "../../../src/resources/registry.ts";
import { byPath, isWithin } from "../../../src/source/path.ts";
import type { SpecSource } from "../../../src/source/source.ts";
import { type LoadOptions, loadSpec } from "../../../src/spec/load/load.ts";
import type { DesiredResource, LoadedSpec } from "../../../src/spec/types.ts";

/** Files by path. */
export function memorySource(files: Readonly<Record<string, string>>): SpecSource {
  const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
  return {
    description: "the test",
    read: async (path) => (files[path] === undefined ? undefined : encode(files[path])),
    list: async (folder) =>
      Object.entries(files)
        .filter(([path]) => path !== folder && isWithin(path, folder))
        .map(([path, text]) => ({ path, executable: false, size: encode(text).length }))
        .sort(byPath),
    isFolder: async (folder) => Object.keys(files).some((path) => path !== folder && isWithin(path, folder)),
  };
}

export function loadFiles(
  files: Readonly<Record<string, string>>,
  options: Partial<LoadOptions> = {},
): Promise<LoadedSpec> {
  const all = {
    source: memorySource(files),
    directory: ".",
    stage: "dev",
    region: "eu-west-2",
    projectName: "shop",
    account: async () => ({ account: "123456789012", partition: "aws" }),
    ...options,
  };
  return loadSpec(all, resourceTypes);
}

/** A spec of one file: the entries as they are written there. */
export function loadEntries(
  entries: string,
  files: Readonly<Record<string, string>> = {},
): Promise<LoadedSpec> {
  return loadFiles({ ...files, "resources.js": `exports.createResources = () => [\n${entries}\n];` });
}

export async function errorsOfEntries(entries: string, files: Readonly<Record<string, string>> = {}) {
  const thrown = await loadEntries(entries, files).then(
    () => new GatewrightErrors([]),
    (error: unknown) => error,
  );
  const errors = userErrors(thrown);
  if (errors === undefined) throw thrown;
  return errors.map(({ code, message, hint, at }) => ({
    code,
    message,
    hint,
    at: `${at?.line}:${at?.column}`,
  }));
}

export function byKey({ resources }: LoadedSpec): Readonly<Record<string, DesiredResource>> {
  return Object.fromEntries(resources.map((resource) => [resource.key, resource]));
}
