/** Recordings that were read through CloudFormation's own names, in the spelling of the SDK and of specs. */
import { isObject, type JsonObject, type JsonValue } from "../../src/model/values.ts";
import { listOf, objectOf, textOf } from "../../src/resources/live-values.ts";
import type { RecordedState } from "./recorded.ts";

const lowerFirst = (key: string): string => key.charAt(0).toLowerCase() + key.slice(1);

/** `IncludeExecutionData` is `includeExecutionData` in the SDK, at every depth. */
function lowered(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(lowered);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [lowerFirst(key), lowered(inner)]));
}

/** CloudFormation's list of `{Key, Value}` as a map. */
function withTagMap({ Tags, ...rest }: JsonObject): JsonObject {
  if (!Array.isArray(Tags)) return rest;
  const pairs = listOf(Tags).map(objectOf);
  return { ...rest, Tags: Object.fromEntries(pairs.map(({ Key, Value }) => [textOf(Key), Value ?? ""])) };
}

const SPELLINGS: Readonly<Record<string, (values: JsonObject) => JsonObject>> = {
  "SQS::Queue": ({ QueueName, Tags, ...Attributes }) => ({
    QueueName: QueueName ?? (Attributes.FifoQueue === true ? "x.fifo" : "x"),
    Attributes,
    ...(Tags === undefined ? {} : { Tags }),
  }),
  // The zone is its parent here, and seconds are a number.
  "Route53::Record": ({ HostedZoneId: _parent, TTL, ...record }) => ({
    ...record,
    ...(TTL === undefined ? {} : { TTL: Number(TTL) }),
  }),
  // Targets are resources of their own here.
  "CloudWatchEvents::Rule": ({ Targets: _others, ...rule }) => rule,
  "StepFunctions::StateMachine": ({
    StateMachineName,
    Name,
    StateMachineType,
    DefinitionString,
    Tags,
    ...rest
  }) => ({
    name: StateMachineName ?? Name ?? "x",
    ...(StateMachineType === undefined ? {} : { type: StateMachineType }),
    ...(DefinitionString === undefined ? {} : { definition: DefinitionString }),
    ...objectOf(lowered(rest)),
    ...(Tags === undefined ? {} : { Tags }),
  }),
};

/** CloudFormation's group of records is several resources here. */
export function unfolded(row: RecordedState): readonly RecordedState[] {
  const [wanted, answered] = [row.wanted, row.answered].map(({ RecordSets }) =>
    listOf(RecordSets).map(objectOf),
  );
  if (wanted === undefined || answered === undefined || wanted.length === 0) return [row];
  return wanted.map((one, at) => ({
    ...row,
    id: `${row.id}-${at + 1}`,
    wanted: one,
    answered: answered[at] ?? {},
  }));
}

/** The row with both sides in the SDK's spelling. */
export function spelled(row: RecordedState): RecordedState {
  if (row.spelling !== "cloudformation") return row;
  const own = SPELLINGS[row.type] ?? ((values) => values);
  const { differs } = row;
  return {
    ...row,
    wanted: own(withTagMap(row.wanted)),
    answered: own(withTagMap(row.answered)),
    ...(differs === undefined || row.type !== "SQS::Queue"
      ? {}
      : { differs: differs.map((path) => `Attributes.${path}`) }),
  };
}
