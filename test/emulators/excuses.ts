/** Where an emulator is known not to be AWS (DIFFERENCES.md tells each once): what may be left undone there because of it. */
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

const CLEARED = String.raw`(AuthorizationScopes: \["[^\]]*"\]|Target: "integrations/\w+") → undefined`;

export const motoExcuses: readonly Excuse[] = [
  { row: "Deployments", line: DEPLOYMENT },
  { row: "Deployments", line: /^failed create ApiGatewayV2::Deployment::/ },
  {
    row: "UpdateRoute, what is cleared",
    line: new RegExp(`^update ApiGatewayV2::Route::.+? ${CLEARED}(; ${CLEARED})?$`),
  },
  {
    row: "UpdateFunctionCode, Architectures",
    line: /^update Lambda::Function::[^ ]+ Architectures: \["\w+"\] → \["\w+"\]$/,
  },
];

/** The lines that nothing explains. */
export function unexcused(lines: readonly string[], excuses: readonly Excuse[]): readonly string[] {
  return lines.filter((text) => !excuses.some(({ line }) => line.test(text)));
}
