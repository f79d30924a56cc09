/** Loads a spec: evaluated in the sandbox, checked, named, linked and ordered, still without anything from AWS. */
import { buildResources } from "./build.ts";
import { type CodePlaces, readCodes } from "./codes.ts";
import type { TypeRegistry } from "../draft.ts";
import { evaluateSpec } from "../sandbox/host/evaluate.ts";
import type { ConsoleLine, EvaluateOptions, SpecOptions } from "../sandbox/types.ts";
import { namePattern } from "../physical-names.ts";
import type { LoadedSpec } from "../types.ts";

export interface LoadOptions
  extends SpecOptions,
    Pick<EvaluateOptions, "account" | "unsetAllowed" | "onTexts"> {
  /** The stage's pattern for names in AWS: `{name}-{stage}`. */
  readonly names?: string | undefined;
  /** Where built code is; `left`: it is not asked for. */
  readonly built?: CodePlaces["built"];
  /** What the spec's `process.env` holds besides `STAGE` and `AWS_REGION`. */
  readonly env?: Readonly<Record<string, string>> | undefined;
}

/** @throws GatewrightError, or GatewrightErrors with every mistake of the spec */
export async function loadSpec(options: LoadOptions, registry: TypeRegistry): Promise<LoadedSpec> {
  const { source, directory, stage, region } = options;
  const evaluated = await evaluateSpec({
    ...options,
    env: { ...options.env, STAGE: stage, AWS_REGION: region },
  });
  const built = await buildResources(evaluated.entries, {
    registry,
    region,
    names: namePattern(options.names, stage),
    codeOf: (drafts) => readCodes(drafts, { source, directory, built: options.built }),
    textOf: async (file) => {
      const bytes = await source.read(file);
      return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
    },
  });
  return { ...built, projectName: evaluated.projectName, console: evaluated.console.map(printed) };
}

function printed({ level, text }: ConsoleLine): string {
  return level === "warn" || level === "error" ? `${level}: ${text}` : text;
}
