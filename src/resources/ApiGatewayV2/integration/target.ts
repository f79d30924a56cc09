/** What an integration leads to: part of its name, and by what desired and live ones find each other. */
import { withNamesForMarkers } from "../../../model/reference-marker.ts";
import { isEmpty, isUnknown, type JsonObject, type JsonValue, type Text } from "../../../model/values.ts";
import { objectOf, textOf } from "../../live-values.ts";
import type { Entry } from "../../../spec/type-rules.ts";
import { apiNameOf } from "../common.ts";
import { plainFunctionUri } from "../function-uri.ts";
import { own } from "../../../model/own.ts";

/** Dependencies that are targets, in the order in which they are looked at. */
export const TARGET_KEYS = [
  "eventBus",
  "lambdaFunction",
  "lambdaAlias",
  "sqsQueue",
  "stepFunctionsStateMachine",
  "listener",
];

const NO_TARGET = "NO-INTEGRATION";

/** The parameter of a service integration that says what it acts on. */
function targetParameter(subtype: string): string | undefined {
  if (subtype.startsWith("EventBridge-")) return "EventBusName";
  if (subtype.startsWith("SQS-")) return "QueueUrl";
  if (subtype === "StepFunctions-StopExecution") return "ExecutionArn";
  if (subtype.startsWith("StepFunctions-")) return "StateMachineArn";
  if (subtype.startsWith("Kinesis-")) return "StreamName";
  if (subtype.startsWith("AppConfig-")) return "Configuration";
  return undefined;
}

export function integrationName(api: string, target: string): string {
  return `integration::${api}::${target}`;
}

/** The name of a canonical entry: its own, or made of its Api and its target. */
export function desiredName(entry: Entry): string {
  return entry.name ?? nameByTarget(entry);
}

/** The name it has without one of its own; dependencies may use it in any case. */
export function nameByTarget(entry: Entry): string {
  return integrationName(apiNameOf(entry), desiredTarget(entry));
}

function desiredTarget({ properties, dependencies }: Entry): string {
  for (const key of TARGET_KEYS) {
    const [name] = own(dependencies, key) ?? [];
    // As its ARN ends: `function:alias`.
    if (name !== undefined) return key === "lambdaAlias" ? name.replace("::", ":") : name;
  }
  return shortTarget(properties);
}

/** The target of properties without dependencies, desired or live, as short as names want it. */
export function shortTarget(properties: JsonObject): string {
  const subtype = textOf(properties.IntegrationSubtype);
  if (subtype !== "") return serviceTarget(subtype, objectOf(properties.RequestParameters));
  const uri = withNamesForMarkers(textOf(plainFunctionUri(properties.IntegrationUri)));
  if (uri === "") return NO_TARGET;
  // `…:function:name` and `…:function:name:alias`
  const lambda = /^arn:[^:]+:lambda:[^:]*:[^:]*:function:(.+)$/.exec(uri)?.[1];
  if (lambda !== undefined) return lambda;
  // `listener/app/load-balancer/50dc6c495c0c9188/f2f7dc8efc522ab2`
  const balancer = /^arn:[^:]+:elasticloadbalancing:.*:listener\/[^/]+\/([^/]+)\//.exec(uri)?.[1];
  return balancer ?? uri;
}

function serviceTarget(subtype: string, parameters: JsonObject): string {
  const parameter = targetParameter(subtype);
  const value = withNamesForMarkers(textOf(own(parameters, parameter)));
  if (value === "") return subtype === "EventBridge-PutEvents" ? "eventBusDefault" : NO_TARGET;
  return value.split(/[/:]/).findLast((part) => part !== "") ?? value;
}

/** The target that identifies a state: compared as it is, unknown while what it leads to does not exist. */
export function identifyingTarget(state: JsonObject): Text | undefined {
  const subtype = textOf(state.IntegrationSubtype);
  const parameter = targetParameter(subtype);
  const value: JsonValue | undefined =
    subtype === ""
      ? state.IntegrationUri
      : parameter === undefined
        ? undefined
        : objectOf(state.RequestParameters)[parameter];
  if (isUnknown(value)) return value;
  return isEmpty(value) ? "" : textOf(value);
}
