/** Where an emulator is known not to be AWS (DIFFERENCES.md tells each once): what may be left undone there because of it. */
import type { RandomEntry } from "../integration/random-stack.ts";

export interface Excuse {
  /** The row of DIFFERENCES.md, by the beginning of its first column. */
  readonly row: string;
  /** A line of `changesOf` or `failuresOf` that it explains, the whole of it. */
  readonly line: RegExp;
}

const DEPLOYMENT = /^create ApiGatewayV2::Deployment::/;

export const ministackExcuses: readonly Excuse[] = [
  { row: "TagResource of a stage", line: DEPLOYMENT },
  { row: "TagResource of a stage", line: /^update ApiGatewayV2::Stage::[^ ]+ (Tags\.[^;]*(; )?)+$/ },
  { row: "TagResource of an Api", line: /^update ApiGatewayV2::Api::[^ ]+ (Tags\.[^;]*(; )?)+$/ },
];

export const motoExcuses: readonly Excuse[] = [
  { row: "Deployments", line: DEPLOYMENT },
  { row: "Deployments", line: /^failed create ApiGatewayV2::Deployment::/ },
];

/** The lines that nothing explains. */
export function unexcused(lines: readonly string[], excuses: readonly Excuse[]): readonly string[] {
  return lines.filter((text) => !excuses.some(({ line }) => line.test(text)));
}

/** A stack without what moto cannot have at all: layers that nobody published, changes of stages. */
export function suitedToMoto(entries: readonly RandomEntry[]): RandomEntry[] {
  return entries.map((entry) => {
    const { Configuration, ...others } = entry.properties;
    if (entry.type === "Stage") {
      const { StageName = "live" } = entry.properties;
      return { ...entry, properties: { StageName, AutoDeploy: true } };
    }
    if (entry.type !== "Function" || typeof Configuration !== "object") return entry;
    const { Layers: _gone, ...rest } = Configuration as RandomEntry["properties"];
    return { ...entry, properties: { ...others, Configuration: rest } };
  });
}
