/**
 * Every type is as strict as AWS's service models: what is longer, larger, more or spelt otherwise than AWS takes is
 * refused by the type's schema, and what is just within is not. The models are in test/fixtures/aws-limits.json.
 */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { resourceTypes } from "../../src/resources/registry.ts";

const limit = z.strictObject({
  min: z.number().optional(),
  max: z.number().optional(),
  pattern: z.string().optional(),
  enum: z.array(z.string()).optional(),
});
type Limit = z.infer<typeof limit>;
const limits = z
  .record(z.string(), z.record(z.string(), limit))
  .parse(JSON.parse(readFileSync("test/fixtures/aws-limits.json", "utf8")));

/** Where we differ from the model, and why. */
const OTHERWISE: Readonly<Record<string, string>> = {
  "ApiGatewayV2::Api Tags.*": "the model says 1600; AWS's page about tags says 256 for every service",
  "ApiGatewayV2::DomainName Tags.*": "as for Api",
  "ApiGatewayV2::Stage Tags.*": "as for Api",
  "ApiGatewayV2::VpcLink Tags.*": "as for Api",
  "ApiGatewayV2::Route AuthorizationScopes.*":
    "the model says 64 characters; scopes that are URLs are longer, and are used",
  "ApiGatewayV2::Stage AccessLogSettings.Format":
    "the model says 1024 characters; the page of quotas says 3 KB",
  "CloudWatch::MetricAlarm Period":
    "the model says from 1; PutMetricAlarm's page says 10, 20, 30 and multiples of 60",
  "Lambda::Layer CompatibleRuntimes.*":
    "AWS adds some; a wrong one harms nobody, AWS's console filters by it",
  "Route53::Record Region": "the model lists the regions of its day",
  "Lambda::Function Runtime":
    "runtime.ts judges names, since AWS adds some: test/unit/resources/Lambda/runtime.test.ts",
};

/** Passed on as they are written, for services that have nothing to do with APIs; AWS judges what is below. */
const PASSED_ON = [
  ...["EcsParameters", "RunCommandParameters", "RedshiftDataParameters", "SageMakerPipelineParameters"],
  "AppSyncParameters",
].map((property) => `CloudWatchEvents::Target ${property}.`);
const REGISTRY = /^Lambda::EventSourceMapping \w+KafkaEventSourceConfig\.SchemaRegistryConfig\./;

/** Texts that patterns like to forget. */
const ODD = [
  " ",
  "a b",
  "ä",
  "a\nb",
  "a\tb",
  "*",
  "a*",
  "x:y",
  "$",
  "$LATEST",
  "1",
  "-1",
  "_",
  "a/b",
  "{}",
  "'",
  "€",
  "\u0001",
];

/** The schema at a path such as `Cors.AllowOrigins.*` or `Environment.Variables.$key`. */
function schemaAt(schema: unknown, path: readonly string[]): readonly z.ZodType[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable)
    return schemaAt(schema.unwrap(), path);
  if (schema instanceof z.ZodUnion && path.length > 0)
    return schema.options.flatMap((option) => schemaAt(option, path));
  const [first, ...rest] = path;
  if (first === undefined) return schema instanceof z.ZodType ? [schema] : [];
  if (schema instanceof z.ZodObject) return schemaAt(schema.shape[first], rest);
  if (schema instanceof z.ZodArray) return first === "*" ? schemaAt(schema.element, rest) : [];
  if (schema instanceof z.ZodRecord)
    return schemaAt(first === "$key" ? schema.keyType : schema.valueType, rest);
  return [];
}

/** Java's: `.` with line ends as a flag, and escapes that nothing needs. */
const inOurSyntax = (pattern: string): string =>
  pattern.replace(/^\(\?s\)\.\*$/, "[^]*").replaceAll("\\_", "_");

/** Values beyond a limit, and values within. */
function probes(
  schema: z.ZodType,
  { min, max, pattern, enum: words }: Limit,
): { beyond: unknown[]; within: unknown[] } {
  if (schema instanceof z.ZodNumber) {
    const most = max ?? Number.MAX_SAFE_INTEGER;
    const beyond = [...(min === undefined ? [] : [min - 1]), ...(max === undefined ? [] : [max + 1])];
    return { beyond, within: [...(min === undefined ? [] : [min]), ...(max === undefined ? [] : [most])] };
  }
  if (schema instanceof z.ZodArray) {
    const beyond = max === undefined ? [] : [Array.from({ length: max + 1 }, () => sampleOf(schema.element))];
    return { beyond, within: [] };
  }
  if (words !== undefined) return { beyond: ["OTHER", `${words[0]}x`], within: words };
  const whole = pattern === undefined ? undefined : new RegExp(`^(?:${inOurSyntax(pattern)})$`, "u");
  const long = "a".repeat((max ?? 0) + 1);
  const fits = (text: string): boolean =>
    text.length >= (min ?? 0) &&
    text.length <= (max ?? Number.POSITIVE_INFINITY) &&
    whole?.test(text) !== false;
  return {
    beyond: [...(max === undefined ? [] : [long]), ...ODD.filter((text) => !fits(text))],
    // Ours may be a form of its own where the model has only a length: an ARN, a method.
    within: max === undefined || !isPlain(schema) || !fits("a".repeat(max)) ? [] : ["a".repeat(max)],
  };
}

/** Text of any form. */
function isPlain(schema: z.ZodType): boolean {
  const { type, pattern, enum: words } = z.toJSONSchema(schema, { unrepresentable: "any", io: "input" });
  return type === "string" && pattern === undefined && words === undefined;
}

function sampleOf(schema: unknown): unknown {
  return ["a", "GET", "x86_64", "https://a.example", "subnet-1", "sg-1"].find(
    (text) => schema instanceof z.ZodType && schema.safeParse(text).success,
  );
}

const passedOn = (name: string): boolean =>
  REGISTRY.test(name) || PASSED_ON.some((above) => name.startsWith(above));

const rows = Object.entries(limits).flatMap(([type, byPath]) =>
  Object.entries(byPath)
    .filter(([path]) => !passedOn(`${type} ${path}`))
    .flatMap(([path, one]) =>
      schemaAt(resourceTypes.get(type)?.schema, path.split(".")).map(
        (schema) => [type, path, schema, one] as const,
      ),
    ),
);

describe("the limits of AWS's service models", () => {
  it.each(rows)("%s %s", (type, path, schema, one) => {
    const { beyond, within } = probes(schema, one);
    const accepted = beyond.filter((value) => schema.safeParse(value).success);
    const refused = within.filter((value) => !schema.safeParse(value).success);
    const why = OTHERWISE[`${type} ${path}`];
    const found = [
      ...accepted.map((value) => `accepted although AWS refuses it: ${shown(value)}`),
      ...refused.map((value) => `refused although AWS accepts it: ${shown(value)}`),
    ];
    if (why === undefined) expect(found).toEqual([]);
    else expect(found, why).not.toEqual([]);
  });

  it("are known of every type that has been looked at", () => {
    expect(Object.keys(limits).filter((type) => !resourceTypes.has(type))).toEqual([]);
  });
});

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? "undefined";
  return text.length > 40 ? `${text.slice(0, 30)}… (${text.length})` : text;
}
