/**
 * What a spec of plain data evaluates to, without a sandbox: a thread for each of thousands of specs is most of the time of
 * the tests that live on them. plain-spec.test.ts checks that the sandbox says the same.
 */
import type { JsonObject } from "../../src/model/values.ts";
import type { SpecSource } from "../../src/source/source.ts";
import type { EvaluatedSpec, EvaluateOptions, RawEntry } from "../../src/spec/sandbox/types.ts";

const FILE = "resources.js";
const OPENING = "exports.createResources = () => [";
const CLOSING = "];\n";
const ENTRY =
  /^ {2}\{ group: (?<group>"[^"]*"), type: (?<type>"[^"]*"),(?: name: (?<name>"(?:[^"\\]|\\.)*"),)? properties: \(\) => \((?<properties>\{.*?\})\),(?: dependencies: \(\) => \((?<dependencies>\{.*?\})\),)? \},$/;

/** `undefined` for a spec that `specText` has not written: only the sandbox can tell what that is. */
export async function evaluatePlain({
  source,
  directory,
  spec,
  stage,
  region,
  projectName,
}: EvaluateOptions): Promise<EvaluatedSpec | undefined> {
  if (directory !== "." || spec !== undefined || projectName === undefined) return undefined;
  if (!region.match(/^(us|eu|ap)-[a-z]+-\d$/)) return undefined;
  const text = await onlyFile(source);
  const [opening, ...rest] = text?.split("\n") ?? [];
  if (opening !== OPENING || text?.endsWith(CLOSING) !== true) return undefined;
  const lines = rest.slice(0, -2).filter((line) => line !== "");
  const entries = lines.map((line, index) => entryOf(line, index + 2));
  if (!entries.every((entry) => entry !== undefined)) return undefined;
  return {
    entries,
    config: { stage, region, partition: "aws", projectName },
    projectName,
    console: [],
    files: [FILE],
  };
}

/** The spec's text, if there is neither a config.js nor another file that an evaluation would read. */
async function onlyFile(source: SpecSource): Promise<string | undefined> {
  const others = ["config.js", "package.json"].map((path) => source.read(path));
  if ((await Promise.all(others)).some((bytes) => bytes !== undefined)) return undefined;
  const bytes = await source.read(FILE);
  return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
}

function entryOf(line: string, number: number): RawEntry | undefined {
  const { groups } = ENTRY.exec(line) ?? {};
  if (groups === undefined) return undefined;
  const { group = "", type = "", name, properties = "", dependencies = "{}" } = groups;
  try {
    return {
      type: JSON.parse(type),
      group: JSON.parse(group),
      ...(name === undefined ? {} : { name: JSON.parse(name) }),
      properties: JSON.parse(properties) as JsonObject,
      dependencies: JSON.parse(dependencies) as JsonObject,
      at: { file: FILE, line: number, column: line.indexOf("type: ") + 1 },
    };
  } catch {
    return undefined;
  }
}
