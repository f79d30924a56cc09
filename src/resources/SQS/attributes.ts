/** A queue's attributes: texts to AWS, numbers, flags and documents in a spec. */
import * as z from "zod";
import { hasMarker } from "../../model/reference-marker.ts";
import {
  canonicalJson,
  isEmpty,
  isObject,
  type JsonObject,
  type JsonValue,
  type Text,
} from "../../model/values.ts";
import { type DefaultOf, optional } from "../facts.ts";
import { documentSchema } from "../policy/schema.ts";
import { objectOf, textOf } from "../live-values.ts";
import { parsedPolicy } from "../policy/document.ts";
import { enumText, properties, text } from "../schema.ts";

/** A number within limits, also as text. */
function numberText(least: number, most: number) {
  return z.union([z.number(), z.string()]).refine(
    (value) => {
      if (typeof value === "string" && hasMarker(value)) return true;
      const number = typeof value === "number" ? value : /^\d+$/.test(value) ? Number(value) : Number.NaN;
      return Number.isInteger(number) && number >= least && number <= most;
    },
    { error: ({ input }) => `${JSON.stringify(input)} is not a whole number from ${least} to ${most}` },
  );
}

const flagText = () =>
  z
    .union([z.boolean(), z.string()])
    .refine((value) => /^(true|false)$/.test(String(value)) || hasMarker(String(value)), {
      error: ({ input }) => `${JSON.stringify(input)} is neither true nor false`,
    });

const asText = (value: JsonValue): JsonValue =>
  typeof value === "number" || typeof value === "boolean" ? String(value) : value;
const jsonDocument = z.union([z.string(), z.record(z.string(), z.json())]);

const attributesIn = (given: JsonObject): JsonObject => objectOf(given.Attributes);
/** A FIFO queue's name says that it is one: AWS takes neither without the other. */
export const isFifo = ({ QueueName }: JsonObject): boolean => textOf(QueueName).endsWith(".fifo");
const onlyFifo =
  (value: string): DefaultOf =>
  (given) =>
    isFifo(given) ? value : undefined;
const onKms =
  (withKms: string | undefined, without: string | undefined): DefaultOf =>
  (given) =>
    isEmpty(attributesIn(given).KmsMasterKeyId) ? without : withKms;

export const queueAttributes = properties({
  DelaySeconds: optional(numberText(0, 900), "Seconds for which new messages are hidden.", {
    default: "0",
    spelling: asText,
  }),
  MaximumMessageSize: optional(numberText(1024, 1_048_576), "Largest message in bytes.", {
    default: "1048576",
    spelling: asText,
  }),
  MessageRetentionPeriod: optional(numberText(60, 1_209_600), "Seconds for which messages are kept.", {
    default: "345600",
    spelling: asText,
  }),
  ReceiveMessageWaitTimeSeconds: optional(numberText(0, 20), "Seconds for which a receiver waits.", {
    default: "0",
    spelling: asText,
  }),
  VisibilityTimeout: optional(
    numberText(0, 43_200),
    "Seconds for which a received message is hidden from others.",
    { default: "30", spelling: asText },
  ),
  Policy: optional(documentSchema(), "Who may use the queue, as an object or as JSON text.", {
    policyDocument: true,
    spelling: parsedPolicy,
  }),
  RedrivePolicy: optional(
    jsonDocument,
    "`deadLetterTargetArn` and `maxReceiveCount`; the dependency deadLetterQueue gives the ARN.",
    { spelling: redrive },
  ),
  RedriveAllowPolicy: optional(jsonDocument, "Which queues may use this one for dead letters.", {
    spelling: parsedPolicy,
  }),
  KmsMasterKeyId: optional(text(), "KMS key that encrypts the messages.", {
    defaultWords: "from the dependency kmsKey",
  }),
  KmsDataKeyReusePeriodSeconds: optional(numberText(60, 86_400), "Seconds for which a data key is reused.", {
    default: onKms("300", undefined),
    defaultWords: "`300` with a KMS key",
    spelling: asText,
  }),
  SqsManagedSseEnabled: optional(flagText(), "Whether SQS encrypts with its own key.", {
    default: onKms("false", "true"),
    defaultWords: "`true` without a KMS key",
    spelling: asText,
  }),
  FifoQueue: optional(flagText(), "Whether the order is kept.", {
    default: (given) => String(isFifo(given)),
    defaultWords: "whether the name ends in .fifo",
    createOnly: true,
    spelling: asText,
  }),
  ContentBasedDeduplication: optional(flagText(), "FIFO: equal messages are one.", {
    default: onlyFifo("false"),
    defaultWords: "`false` for FIFO queues",
    spelling: asText,
  }),
  DeduplicationScope: optional(
    enumText("messageGroup", "queue"),
    "FIFO: within what equal messages are one.",
    {
      default: onlyFifo("queue"),
      defaultWords: "`queue` for FIFO queues",
    },
  ),
  FifoThroughputLimit: optional(
    enumText("perQueue", "perMessageGroupId"),
    "FIFO: what the throughput is for.",
    {
      default: onlyFifo("perQueue"),
      defaultWords: "`perQueue` for FIFO queues",
    },
  ),
});

/** AWS returns the count as it was sent, a number or a text. */
function redrive(value: JsonValue): JsonValue {
  const parsed = parsedPolicy(value);
  if (!isObject(parsed) || parsed.maxReceiveCount === undefined) return parsed;
  const count = parsed.maxReceiveCount;
  return { ...parsed, maxReceiveCount: typeof count === "string" ? Number(count) : count };
}

/** The attributes with what the dependencies give. */
export function attributesOf(
  given: JsonObject,
  key: Text | undefined,
  deadLetters: Text | undefined,
): JsonObject {
  const policy = parsedPolicy(given.RedrivePolicy ?? null);
  return {
    ...given,
    ...(key === undefined || !isEmpty(given.KmsMasterKeyId) ? {} : { KmsMasterKeyId: key }),
    ...(deadLetters === undefined || (isObject(policy) && !isEmpty(policy.deadLetterTargetArn))
      ? {}
      : { RedrivePolicy: { maxReceiveCount: 10, ...objectOf(policy), deadLetterTargetArn: deadLetters } }),
  };
}

/** The attributes of an answer that a spec may give; counts, dates and the ARN are left out. */
export function attributesFromAws(answer: Readonly<Record<string, string>> | undefined): JsonObject {
  return Object.fromEntries(
    Object.entries(answer ?? {}).filter(([key]) => Object.hasOwn(queueAttributes.shape, key)),
  );
}

const CLEARED_BY_EMPTY = ["Policy", "RedrivePolicy", "RedriveAllowPolicy", "KmsMasterKeyId"];

/** What SetQueueAttributes is sent: what differs, as text; `""` takes a policy away. */
export function changedAttributes(before: JsonObject, after: JsonObject): Record<string, string> {
  const changed: Record<string, string> = {};
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const value = after[key];
    if (canonicalJson(before[key] ?? null) === canonicalJson(value ?? null)) continue;
    // AWS refuses `FifoQueue: false`: a queue is FIFO or says nothing.
    if (key === "FifoQueue" && value !== "true") continue;
    if (!isEmpty(value) && value !== undefined)
      changed[key] = typeof value === "string" ? value : JSON.stringify(value);
    else if (CLEARED_BY_EMPTY.includes(key)) changed[key] = "";
  }
  return changed;
}
