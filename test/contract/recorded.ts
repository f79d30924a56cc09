/** The facts recorded from the real AWS in test/fixtures/aws-recorded, checked against their form. */
import { readFileSync } from "node:fs";
import * as z from "zod";

const text = z.string().min(1);
const object = z.record(z.string(), z.json());

/** Where a fact can be looked up again. */
const source = z.union([
  z.strictObject({
    repository: z.string().regex(/^[\w.-]+\/[\w.-]+$/, "owner/name"),
    path: z.string().regex(/^[\w.][^\s\\]*$/, "a path inside the repository"),
    /** A test, a date or lines inside the file. */
    entry: text.optional(),
  }),
  z.strictObject({ url: z.url({ protocol: /^https$/ }) }),
  /** A public file that the stored search knows by number only. */
  z.strictObject({ stored: z.string().regex(/^\d+$/, "the number of a stored file"), about: text }),
]);

/** Services as AWS names them in its SDKs; those this project speaks come first. */
const SERVICES = [
  "ApiGatewayV2",
  "Lambda",
  "IAM",
  "CloudWatchLogs",
  "STS",
  "ApiGateway",
  "SQS",
  "DynamoDB",
  "StepFunctions",
  "EventBridge",
  "ACM",
  "Route53",
  "CognitoIdentityProvider",
  "CloudWatch",
  "SNS",
  "KMS",
  "SSM",
] as const;

/** How the recorder read it; see the README beside the data. */
const READ = [
  "api",
  "cloudcontrol",
  "cli",
  "terraform",
  "cloudformation",
  "issue",
  "source",
  "documentation",
] as const;

const row = {
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "words joined by -"),
  service: z.enum(SERVICES),
  note: text.optional(),
  source: z.array(source).min(1),
  read: z.enum(READ),
};

const status = z.int().min(400).max(599);
const typed = { type: z.string().regex(/^\w+::\w+$/), protocol: z.enum(["HTTP", "WEBSOCKET"]).optional() };

const stateRow = z
  .strictObject({
    ...row,
    ...typed,
    /** Whose names the members have; the SDK's where nothing is said. */
    spelling: z.literal("cloudformation").optional(),
    wanted: object,
    /** What AWS answered; null for a member that it left out. */
    answered: object,
    expect: z.enum(["same", "differs"]),
    /** Paths that a plan shows. */
    differs: z.array(text).min(1).optional(),
  })
  .refine((state) => (state.expect === "differs") === (state.differs !== undefined), {
    error: "differs goes with expect: differs",
  });

const call = z
  .strictObject({
    operation: z.string().regex(/^[A-Z]\w+$/),
    input: object,
    answer: object.optional(),
    error: z.strictObject({ status, code: text, message: text }).optional(),
  })
  .refine((one) => one.answer === undefined || one.error === undefined, { error: "an answer or an error" });

const sequenceRow = z.strictObject({ ...row, ...typed, calls: z.array(call).min(1), shows: text });

/**
 * What a deployer should do about an error.
 * `retry`: throttled or AWS's fault. `wait`: something made a moment ago has not spread yet.
 * `exists`, `gone`: it is there already, it is not there. `busy`: another change is under way.
 * `quota`: a limit is reached. `refuse`: nothing but another request helps.
 */
export const ERROR_CLASSES = ["retry", "wait", "exists", "gone", "busy", "quota", "refuse"] as const;

const errorRow = z.strictObject({
  ...row,
  operation: z.string().regex(/^[A-Z]\w+$/),
  status,
  /** The code on the wire. */
  code: text,
  /** The name of the SDK's error where that is another one. */
  sdkCode: text.optional(),
  message: text,
  class: z.enum(ERROR_CLASSES),
  /** The circumstance that decides about the class. */
  when: text.optional(),
});

const limitRow = z.strictObject({
  ...row,
  name: text,
  value: z.number().positive(),
  unit: z.enum(["per second", "count"]),
  adjustable: z.enum(["yes", "no", "by support"]),
});

export type RecordedState = z.infer<typeof stateRow>;
export type RecordedSequence = z.infer<typeof sequenceRow>;
export type RecordedError = z.infer<typeof errorRow>;
export type RecordedLimit = z.infer<typeof limitRow>;

export const RECORDED_FILES = ["states", "sequences", "errors", "limits"] as const;
type RecordedFile = (typeof RECORDED_FILES)[number];

/** The text of one file of the corpus. */
export function recordedText(file: RecordedFile): string {
  return readFileSync(new URL(`../fixtures/aws-recorded/${file}.json`, import.meta.url), "utf8");
}

function load<Row>(file: RecordedFile, rowSchema: z.ZodType<Row>): readonly Row[] {
  const schema = z.strictObject({ about: text, rows: z.array(rowSchema) });
  const parsed = schema.safeParse(JSON.parse(recordedText(file)));
  if (!parsed.success) throw new Error(`aws-recorded/${file}.json: ${z.prettifyError(parsed.error)}`);
  return parsed.data.rows;
}

/** What was wanted and what AWS answered. */
export const recordedStates = (): readonly RecordedState[] => load("states", stateRow);
/** Calls and what AWS answered to them, in order. */
export const recordedSequences = (): readonly RecordedSequence[] => load("sequences", sequenceRow);
/** Errors and what to do about them. */
export const recordedErrors = (): readonly RecordedError[] => load("errors", errorRow);
/** Rates and counts that AWS documents. */
export const recordedLimits = (): readonly RecordedLimit[] => load("limits", limitRow);
