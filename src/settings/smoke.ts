/** `smoke` of a stage: the calls that are made after an apply, and what they must answer. */
import * as z from "zod";

/**
 * A method and a path. Only methods that may be sent again; no fragment, no backslash and no second slash at its start, which a URL would
 * read as another host.
 */
const CALL_PATTERN = /^(?:GET|HEAD|OPTIONS|POST) \/(?!\/)[!"$-[\]-~]*$/;
const CALL_FORM = "a method (GET, HEAD, OPTIONS or POST) and a path, such as GET /hello";
const PATH_PATTERN = /^\$?(?:\.?[\w-]+|\[\d+\])(?:\.[\w-]+|\[\d+\])*$/;
const PATH_FORM = "the path of a JSON value, such as $.items[0].id";

const MOST_SMOKE_CALLS = 20;

const status = z.int().min(100).max(599);

export const smokeCallSchema = z.strictObject({
  status: status.default(200).describe("The status it must answer with."),
  text: z.string().min(1).optional().describe("What the answer must contain."),
  json: z
    .record(
      z.string().regex(PATH_PATTERN, PATH_FORM),
      z.union([z.string(), z.number(), z.boolean(), z.null()]),
    )
    .optional()
    .describe("What the answer's JSON must have: `$.items[0].id: 7`."),
  timeout: z
    .number()
    .min(1)
    .max(300)
    .default(30)
    .describe("Seconds within which it must answer so. Until then it is called again."),
  endpoint: z
    .string()
    .min(1)
    .optional()
    .describe(
      "The API or function that is called, by its name in the spec. Needed when the stack has several endpoints.",
    ),
  directory: z
    .string()
    .min(1)
    .optional()
    .describe("The stack that is called. Default: every stack of the stage."),
});

/** What a call must answer: a status, or more than that. */
export const smokeSchema = z
  .record(z.string().regex(CALL_PATTERN, CALL_FORM), z.union([status, smokeCallSchema]))
  .refine((calls) => Object.keys(calls).length <= MOST_SMOKE_CALLS, `at most ${MOST_SMOKE_CALLS} calls`);

export type SmokeSettings = z.output<typeof smokeSchema>;
export type Expectation = z.output<typeof smokeCallSchema>;

/** The calls that concern the stack of a directory. Pure. */
export function callsFor(smoke: SmokeSettings, directory: string): ReturnType<typeof expectations> {
  return expectations(smoke).filter(([, expected]) => (expected.directory ?? directory) === directory);
}

/** Every call with all that is expected of it, in the order they are written. Pure. */
function expectations(smoke: SmokeSettings): readonly (readonly [call: string, expected: Expectation])[] {
  return Object.entries(smoke).map(([call, expected]) => [
    call,
    typeof expected === "number" ? smokeCallSchema.parse({ status: expected }) : expected,
  ]);
}
