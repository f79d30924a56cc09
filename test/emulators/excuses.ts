/** Known differences between an emulator and AWS (listed in DIFFERENCES.md), and the changes that may remain because of them. */
export interface Excuse {
  /** The beginning of its row in DIFFERENCES.md. */
  readonly row: string;
  /** Matches whole lines of `changesOf` or `failuresOf` that the difference explains. */
  readonly line: RegExp;
  /** Tells that a line is of this row, where `line` matches those of several. */
  readonly part?: RegExp;
}

const DEPLOYMENT = /^create ApiGatewayV2::Deployment::/;

export const ministackExcuses: readonly Excuse[] = [
  { row: "TagResource of a stage", line: DEPLOYMENT },
  { row: "TagResource of a stage", line: /^update ApiGatewayV2::Stage::[^ ]+ (Tags\.[^;]*(; )?)+$/ },
  { row: "TagResource of an Api", line: /^update ApiGatewayV2::Api::[^ ]+ (Tags\.[^;]*(; )?)+$/ },
];

/** What examples have beside the types of random stacks. */
export const ministackExampleExcuses: readonly Excuse[] = [
  { row: "TagResource of a stage", line: DEPLOYMENT },
  {
    row: "Integration |",
    line: /^update ApiGatewayV2::Integration::[^ ]+ ((ConnectionId|TlsConfig\.ServerNameToVerify): undefined → "[^"]*"(; )?)+$/,
  },
  { row: "Integration |", line: /^create ApiGatewayV2::Integration::.*; IntegrationSubtype: undefined → "/ },
  { row: "Integration |", line: /^delete ApiGatewayV2::Integration::[^ ]+::NO-INTEGRATION(#\w+)? $/ },
  {
    row: "Integration |",
    line: /^update ApiGatewayV2::Route::.+? Target: "integrations\/\w+" → \{"\$unknown":"ApiGatewayV2::Integration::[^"]+"\}$/,
  },
  {
    row: "Integration of type MOCK",
    line: /^update ApiGatewayV2::Integration::[^ ]+ IntegrationMethod: "POST" → undefined; TemplateSelectionExpression: undefined → "[^"]*"$/,
  },
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
  ...Object.entries(FUNCTIONS).map(([row, part]) => ({
    row,
    line: FUNCTION_CHANGES,
    part: new RegExp(part),
  })),
  { row: "EnableKeyRotation", line: /^update KMS::Key::[^ ]+ RotationPeriodInDays: 365 → \d+$/ },
];

export interface Judge {
  /** The lines that no difference explains. */
  unexcused(lines: readonly string[]): readonly string[];
  /** Excuses that have explained nothing so far: their difference is gone, or nothing here shows it. */
  unneeded(): readonly Excuse[];
}

export function judgeBy(excuses: readonly Excuse[]): Judge {
  const needed = new Set<Excuse>();
  return {
    unexcused: (lines) =>
      lines.filter((text) => {
        const fitting = excuses.filter(({ line }) => line.test(text));
        for (const one of fitting) if (one.part?.test(text) !== false) needed.add(one);
        return fitting.length === 0;
      }),
    unneeded: () => excuses.filter((one) => !needed.has(one)),
  };
}
