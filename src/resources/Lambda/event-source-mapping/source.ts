/** What a mapping connects: a function and a source of events, which together are its name. */
import { hasMarker } from "../../../model/reference-marker.ts";
import type { JsonValue } from "../../../model/values.ts";
import type { DependencyKey, Entry } from "../../../spec/type-rules.ts";
import { textOf } from "../../live-values.ts";
import { own } from "../../../model/own.ts";

/** What events can come from, by the dependency that names it. */
const source = (type: string, attribute = "Arn"): DependencyKey => ({
  type,
  acceptsArn: true,
  fills: "EventSourceArn",
  with: attribute,
});
export const SOURCES = {
  sqsQueue: source("SQS::Queue"),
  dynamoDbTable: source("DynamoDB::Table", "LatestStreamArn"),
  kinesisStream: source("Kinesis::Stream"),
  kinesisStreamConsumer: source("Kinesis::StreamConsumer"),
  mqBroker: source("MQ::Broker"),
  mskCluster: source("MSK::Cluster"),
};

export const mappingName = (fn: string, from: string): string => `mapping::${fn}::${from}`;

/** What names call the source: a queue by its name, a stream by its table's, a cluster by its own. */
export function sourceName(arn: string): string {
  const [, , service = "", , , ...rest] = arn.split(":");
  const [first = "", second = ""] = rest.join(":").split("/");
  if (service === "sqs") return first;
  return second === "" ? arn : second;
}

/** The function of an ARN, with its qualifier. */
export function functionOf(value: JsonValue | undefined): JsonValue {
  return typeof value === "string"
    ? value.replace(/^arn:[^:]+:lambda:[^:]*:\d*:function:/, "")
    : (value ?? "");
}

/** The name of an entry. */
export function nameOf({ properties, dependencies }: Entry): string {
  const given = textOf(functionOf(properties.FunctionName));
  const fn = given === "" || hasMarker(given) ? (dependencies.lambdaFunction?.[0] ?? "") : given;
  const named = Object.keys(SOURCES).flatMap((key) => own(dependencies, key) ?? [])[0];
  const from = named ?? textOf(properties.EventSourceArn);
  return mappingName(fn, from.startsWith("arn:") ? sourceName(from) : from);
}
