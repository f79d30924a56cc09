/** Which files an evaluation begins with: the spec, config.js and package.json of the stack's directory. */
import { fail } from "../../../model/errors.ts";
import { CONFIG_FILES, SPEC_FILES, SPEC_FILES_TEXT } from "../../../source/spec-files.ts";
import { isWithin, normalisePath, tryNormalise } from "../../../source/path.ts";
import type { SpecFiles } from "./files.ts";
import { packageAbove } from "./resolve.ts";
import type { EvaluateOptions } from "../types.ts";

interface EntryPoints {
  readonly main: string;
  readonly config?: string;
  /** `name` of package.json. */
  readonly packageName?: string;
}

/** Looks for all of them side by side. */
export async function findEntryPoints(options: EvaluateOptions, files: SpecFiles): Promise<EntryPoints> {
  const directory = normalisePath(options.directory);
  const inside = (name: string): string => (directory === "" ? name : `${directory}/${name}`);
  const [main, config, packageName] = await Promise.all([
    findMain(options, directory, inside, files),
    firstOf(CONFIG_FILES.map(inside), directory, files),
    findPackageName(inside("package.json"), directory, files),
  ]);
  return {
    main,
    ...(config === undefined ? {} : { config }),
    ...(packageName === undefined ? {} : { packageName }),
  };
}

async function findMain(
  { spec, source }: EvaluateOptions,
  directory: string,
  inside: (name: string) => string,
  files: SpecFiles,
): Promise<string> {
  const where = `in "${directory === "" ? "." : directory}" of ${source.description}`;
  if (spec !== undefined && spec !== "") {
    const path = tryNormalise(inside(spec));
    if (path === undefined || spec.startsWith("/") || !isWithin(path, directory)) {
      fail("SPEC_NOT_FOUND", `the spec "${spec}" is outside the stack's directory "${options(directory)}"`, {
        hint: "Give a path inside the directory, such as resources.js or infra/resources.js.",
      });
    }
    if ((await files.read(path, directory)) !== undefined) return path;
    return fail("SPEC_NOT_FOUND", `there is no spec "${spec}" ${where}`, {
      hint: `Check the name. Without a name, Gatewright looks for ${SPEC_FILES_TEXT}.`,
    });
  }
  const found = await firstOf(SPEC_FILES.map(inside), directory, files);
  if (found !== undefined) return found;
  const iac = (await files.read(inside("iac.js"), directory)) !== undefined;
  return fail("SPEC_NOT_FOUND", `there is no ${SPEC_FILES_TEXT} ${where}`, {
    hint: iac
      ? "iac.js is not executed. Name the file that exports createResources as the spec."
      : "Add a spec that exports createResources, or name another directory or spec.",
  });
}

function options(directory: string): string {
  return directory === "" ? "." : directory;
}

/** Requests all of them at once, because a remote source makes every request slow. */
async function firstOf(
  paths: readonly string[],
  within: string,
  files: SpecFiles,
): Promise<string | undefined> {
  const texts = await Promise.all(paths.map((path) => files.read(path, within)));
  const found = paths.find((_path, index) => texts[index] !== undefined);
  for (const path of paths) if (path !== found) files.drop(path);
  return found;
}

async function findPackageName(
  own: string,
  directory: string,
  files: SpecFiles,
): Promise<string | undefined> {
  const above = packageAbove(directory);
  const places = [
    [own, directory] as const,
    ...(above === undefined ? [] : [[above, above.replace(/\/?package\.json$/, "")] as const]),
  ];
  for (const [path, within] of places) {
    const name = nameIn(await files.read(path, within));
    if (name !== undefined) return name;
  }
  return undefined;
}

/** A package.json that is not JSON is reported where it is required. */
function nameIn(text: string | undefined): string | undefined {
  try {
    const parsed: unknown = JSON.parse(text ?? "null");
    const name = typeof parsed === "object" && parsed !== null && "name" in parsed ? parsed.name : undefined;
    return typeof name === "string" && name !== "" ? name : undefined;
  } catch {
    return undefined;
  }
}
