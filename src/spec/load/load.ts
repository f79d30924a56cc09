/** Loads a spec: evaluated in the sandbox, checked, named, linked and ordered, still without anything from AWS. */
import type { SpecSource } from "../../source/source.ts";
import { buildResources } from "./build.ts";
import { readCodes } from "./codes.ts";
import type { TypeRegistry } from "../draft.ts";
import { evaluateSpec } from "../sandbox/host/evaluate.ts";
import type { ConsoleLine } from "../sandbox/types.ts";
import type { LoadedSpec } from "../types.ts";

export interface LoadOptions {
  readonly source: SpecSource;
  /** The stack's directory inside the source; `.` for its root. */
  readonly directory: string;
  /** The spec file; without it the default names (`SPEC_FILES`) are looked for. */
  readonly spec?: string | undefined;
  readonly stage: string;
  readonly region: string;
  readonly projectName?: string | undefined;
  /** What the spec's `process.env` holds besides `STAGE` and `AWS_REGION`. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** Asked only when the spec calls `config.accountId()`. */
  readonly account: () => Promise<{ readonly account: string; readonly partition: string }>;
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
    codeOf: (drafts) => readCodes(drafts, source, directory),
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
