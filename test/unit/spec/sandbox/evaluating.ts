/** Evaluates specs that are written in the test itself. */
import type { ReadOptions, SpecSource } from "../../../../src/source/source.ts";
import { evaluateSpec } from "../../../../src/spec/sandbox/host/evaluate.ts";
import type { EvaluatedSpec, EvaluateOptions } from "../../../../src/spec/sandbox/types.ts";
import { GatewrightError } from "../../../../src/model/errors.ts";
import type { JsonValue } from "../../../../src/model/values.ts";

/** A source of files in memory; `links` are paths that lead out of where they are. */
export function memorySource(
  files: Readonly<Record<string, string>>,
  links: readonly string[] = [],
): SpecSource {
  return {
    description: "the test",
    read: async (path, _options?: ReadOptions) => {
      if (links.includes(path)) throw new GatewrightError("SOURCE_SYMLINK", `"${path}" leads out`);
      const text = files[path];
      return text === undefined ? undefined : new TextEncoder().encode(text);
    },
    list: async () => [],
    isFolder: async () => false,
  };
}

/** Evaluates files of the repository, with the stack in its root unless `options` say otherwise. */
export function evaluateFiles(
  files: Readonly<Record<string, string>>,
  options: Partial<EvaluateOptions> = {},
): Promise<EvaluatedSpec> {
  return evaluateSpec({
    source: memorySource(files),
    directory: ".",
    stage: "dev",
    region: "eu-west-2",
    projectName: "test",
    account: async () => ({ account: "123456789012", partition: "aws" }),
    env: {},
    ...options,
  });
}

/** Evaluates a spec of one file. */
export function evaluateText(text: string, options: Partial<EvaluateOptions> = {}): Promise<EvaluatedSpec> {
  return evaluateFiles({ "resources.js": text }, options);
}

/** The properties of the only resource, whose `properties` function has this expression. */
export async function propertiesOf(expression: string, before = ""): Promise<JsonValue> {
  const { entries } = await evaluateText(
    `${before}\nexports.createResources = () => [{type: "Api", group: "ApiGatewayV2", properties: (given) => (${expression})}];`,
  );
  return entries[0]?.properties ?? null;
}

/** The error of an evaluation that must fail. */
export async function errorOf(evaluation: Promise<unknown>): Promise<GatewrightError> {
  try {
    await evaluation;
  } catch (error) {
    if (error instanceof GatewrightError) return error;
    throw error;
  }
  throw new Error("it was evaluated");
}
