/** Known differences between an emulator and AWS (listed in DIFFERENCES.md), and the changes that may remain because of them. */
export interface Excuse {
  /** The beginning of its row in DIFFERENCES.md. */
  readonly row: string;
  /** Matches whole lines of `changesOf` or `failuresOf` that the difference explains. */
  readonly line: RegExp;
}

const DEPLOYMENT = /^create ApiGatewayV2::Deployment::/;

export const ministackExcuses: readonly Excuse[] = [
  { row: "TagResource of a stage", line: DEPLOYMENT },
  { row: "TagResource of a stage", line: /^update ApiGatewayV2::Stage::[^ ]+ (Tags\.[^;]*(; )?)+$/ },
  { row: "TagResource of an Api", line: /^update ApiGatewayV2::Api::[^ ]+ (Tags\.[^;]*(; )?)+$/ },
];

const CLEARED = String.raw`(AuthorizationScopes: \["[^\]]*"\]|Target: "integrations/\w+") → undefined`;

/** What moto leaves of a function's changes, by row. One update may have several of them. */
const FUNCTIONS = {
  "UpdateFunctionCode, Architectures": String.raw`Architectures: \["\w+"\] → \["\w+"\]`,
  "CreateFunction, LoggingConfig": String.raw`LoggingConfig\.LogGroup: "[^"]+" → "[^"]+"`,
  "UpdateFunctionConfiguration, `LastModified`": String.raw`Role: "(?<role>[^"]+)" → "\k<role>"`,
};
const FUNCTION_CHANGES = new RegExp(
  `^update Lambda::Function::[^ ]+ ((${Object.values(FUNCTIONS).join("|")})(; )?)+$`,
);

export const motoExcuses: readonly Excuse[] = [
  { row: "Deployments", line: DEPLOYMENT },
  { row: "Deployments", line: /^failed create ApiGatewayV2::Deployment::/ },
  {
    row: "UpdateRoute, what is cleared",
    line: new RegExp(`^update ApiGatewayV2::Route::.+? ${CLEARED}(; ${CLEARED})?$`),
  },
  ...Object.keys(FUNCTIONS).map((row) => ({ row, line: FUNCTION_CHANGES })),
  { row: "EnableKeyRotation", line: /^update KMS::Key::[^ ]+ RotationPeriodInDays: 365 → \d+$/ },
];

/** The lines that no difference explains. */
export function unexcused(lines: readonly string[], excuses: readonly Excuse[]): readonly string[] {
  return lines.filter((text) => !excuses.some(({ line }) => line.test(text)));
}
