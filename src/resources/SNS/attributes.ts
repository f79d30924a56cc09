/** A topic's attributes: texts to AWS, numbers, flags and documents in a spec. */
import * as z from "zod";
import { hasMarker } from "../../model/reference-marker.ts";
import { own } from "../../model/own.ts";
import { canonicalJson, isEmpty, type JsonObject, type JsonValue } from "../../model/values.ts";
import { type DefaultOf, optional } from "../facts.ts";
import { objectOf, textOf } from "../live-values.ts";
import { parsedPolicy } from "../policy/document.ts";
import { documentSchema } from "../policy/schema.ts";
import { arnText, enumText, limitedText, properties, text } from "../schema.ts";

const flagText = () =>
  z
    .union([z.boolean(), z.string()])
    .refine((value) => /^(true|false)$/.test(String(value)) || hasMarker(String(value)), {
      error: ({ input }) => `${JSON.stringify(input)} is neither true nor false`,
    });

function numberText(least: number, most: number) {
  return z.union([z.number(), z.string()]).refine(
    (value) => {
      if (typeof value === "string" && hasMarker(value)) return true;
      return /^\d+$/.test(String(value)) && Number(value) >= least && Number(value) <= most;
    },
    { error: ({ input }) => `${JSON.stringify(input)} is not a whole number from ${least} to ${most}` },
  );
}

const asText = (value: JsonValue): JsonValue =>
  typeof value === "number" || typeof value === "boolean" ? String(value) : value;

/** A FIFO topic's name says that it is one: AWS takes neither without the other. */
export const isFifo = ({ Name }: JsonObject): boolean => textOf(Name).endsWith(".fifo");
const onlyFifo =
  (value: string): DefaultOf =>
  (given) =>
    isFifo(given) ? value : undefined;

/** The policy that AWS gives a topic which has none: only its owner may use it. */
const isAwsOwn = (value: JsonValue | undefined): boolean =>
  objectOf(parsedPolicy(value ?? null)).Id === "__default_policy_ID";

const ENDPOINTS = { HTTP: "HTTP", Firehose: "Firehose", Lambda: "Lambda", Application: "push", SQS: "SQS" };

/** What is logged of deliveries, per kind of endpoint. */
const feedback = Object.fromEntries(
  Object.entries(ENDPOINTS).flatMap(([kind, what]) => [
    [
      `${kind}SuccessFeedbackRoleArn`,
      optional(arnText("iam"), `Role that logs deliveries to ${what} endpoints.`),
    ],
    [
      `${kind}SuccessFeedbackSampleRate`,
      optional(numberText(0, 100), "Percentage of them that is logged.", {
        spelling: asText,
        ignored: (_given, _around, value) => String(value) === "0",
      }),
    ],
    [
      `${kind}FailureFeedbackRoleArn`,
      optional(arnText("iam"), `Role that logs failed deliveries to ${what} endpoints.`),
    ],
  ]),
);

export const topicAttributes = properties({
  DisplayName: optional(limitedText(100), "Name that e-mail and SMS show."),
  DeliveryPolicy: optional(
    z.union([z.string(), z.record(z.string(), z.json())]),
    "How deliveries to HTTP are repeated.",
    { spelling: parsedPolicy },
  ),
  Policy: optional(documentSchema(), "Who may use the topic, as an object or as JSON text.", {
    policyDocument: true,
    spelling: parsedPolicy,
    defaultWords: "its owner may",
    clear: "cannot",
    ignored: (_given, _around, value) => isAwsOwn(value),
  }),
  KmsMasterKeyId: optional(text(), "KMS key that encrypts the messages.", {
    defaultWords: "from the dependency kmsKey",
  }),
  SignatureVersion: optional(z.union([z.number(), z.string()]), "Version of the signature: 1 or 2.", {
    default: "1",
    spelling: asText,
  }),
  TracingConfig: optional(enumText("PassThrough", "Active"), "Whether X-Ray traces are sent.", {
    default: "PassThrough",
  }),
  MaximumMessageSize: optional(numberText(1024, 1_048_576), "Largest message in bytes.", {
    default: "262144",
    spelling: asText,
  }),
  FifoTopic: optional(flagText(), "Whether the order is kept.", {
    default: (given) => String(isFifo(given)),
    defaultWords: "whether the name ends in .fifo",
    createOnly: true,
    spelling: asText,
  }),
  ContentBasedDeduplication: optional(flagText(), "FIFO: equal messages are one.", {
    default: onlyFifo("false"),
    defaultWords: "`false` for FIFO topics",
    spelling: asText,
  }),
  FifoThroughputScope: optional(enumText("Topic", "MessageGroup"), "FIFO: what the throughput is for.", {
    ignored: (_given, { wanted }) => isEmpty(objectOf(wanted.Attributes).FifoThroughputScope),
    defaultWords: "AWS's own",
  }),
  ...feedback,
});

/** The attributes of an answer that a spec may give. */
export function attributesFromAws(answer: Readonly<Record<string, string>> | undefined): JsonObject {
  return Object.fromEntries(
    Object.entries(answer ?? {}).filter(([key]) => Object.hasOwn(topicAttributes.shape, key)),
  );
}

/** What a new topic has; nothing of it needs to be sent. */
export const NEW: JsonObject = {
  SignatureVersion: "1",
  TracingConfig: "PassThrough",
  MaximumMessageSize: "262144",
  FifoTopic: "false",
  ContentBasedDeduplication: "false",
};

/** What is to be set to come from one state's attributes to another's, as text; `""` takes one away. */
export function changedAttributes(before: JsonObject, after: JsonObject): Record<string, string> {
  const changed: Record<string, string> = {};
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [old, value] = [own(before, key), own(after, key)];
    if (canonicalJson(old ?? null) === canonicalJson(value ?? null)) continue;
    if (!isEmpty(value) && value !== undefined)
      changed[key] = typeof value === "string" ? value : JSON.stringify(value);
    else if (key.endsWith("SampleRate")) changed[key] = "0";
    else if (!Object.hasOwn(NEW, key) && key !== "Policy" && key !== "FifoThroughputScope") changed[key] = "";
  }
  return changed;
}
