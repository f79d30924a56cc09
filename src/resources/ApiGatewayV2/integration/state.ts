/** The desired and the live state of an integration, in the same shape. Defaults: SDK `CreateIntegrationRequest`. */
import { isEmpty, isObject, type JsonObject, type Text } from "../../../model/values.ts";
import { objectOf, textOf } from "../../live-values.ts";
import type { Desired, Live } from "../../type.ts";
import {
  childAttributes,
  INTEGRATION,
  type Protocol,
  protocolOf,
  protocolOfApi,
  withDefaults,
} from "../common.ts";
import { plainFunctionUri } from "../function-uri.ts";
import { integrationName, shortTarget } from "./target.ts";

/** Everything that is compared; AWS's answer holds more. */
const KEYS = [
  "ConnectionId",
  "ConnectionType",
  "ContentHandlingStrategy",
  "CredentialsArn",
  "Description",
  "IntegrationMethod",
  "IntegrationSubtype",
  "IntegrationType",
  "IntegrationUri",
  "PassthroughBehavior",
  "PayloadFormatVersion",
  "RequestParameters",
  "RequestTemplates",
  "ResponseParameters",
  "TemplateSelectionExpression",
  "TimeoutInMillis",
  "TlsConfig",
];

export function desiredIntegration(desired: Desired): JsonObject {
  const { properties } = desired;
  const given: JsonObject = { ...fromDependencies(desired), ...properties };
  if (!isEmpty(properties.IntegrationSubtype)) {
    const parameters = { ...parametersFromDependencies(desired), ...objectOf(properties.RequestParameters) };
    if (!isEmpty(parameters)) given.RequestParameters = parameters;
  }
  return integrationState(given, protocolOf(desired));
}

/** What the user may leave out because a dependency says it. */
function fromDependencies(desired: Desired): JsonObject {
  const found: JsonObject = {};
  const set = (key: string, value: Text | undefined): void => {
    if (value !== undefined) found[key] = value;
  };
  if (isEmpty(desired.properties.IntegrationSubtype)) {
    set("IntegrationUri", desired.dependency("listener")?.id);
    set("IntegrationUri", desired.dependency("lambdaFunction")?.attribute("FunctionArn"));
  }
  set("CredentialsArn", desired.dependency("role")?.attribute("Arn"));
  const link = desired.dependency("vpcLink");
  set("ConnectionId", link?.id);
  if (link !== undefined) found.ConnectionType = "VPC_LINK";
  return found;
}

/** Parameters of a service integration that name what it acts on. */
function parametersFromDependencies(desired: Desired): JsonObject {
  const found: JsonObject = {};
  const bus = desired.dependency("eventBus");
  const queue = desired.dependency("sqsQueue");
  const machine = desired.dependency("stepFunctionsStateMachine");
  if (bus !== undefined) found.EventBusName = bus.attribute("Arn");
  if (queue !== undefined) found.QueueUrl = queue.attribute("QueueUrl");
  if (machine !== undefined) found.StateMachineArn = machine.attribute("stateMachineArn");
  return found;
}

function integrationState(given: JsonObject, protocol: Protocol): JsonObject {
  const state = Object.fromEntries(Object.entries(given).filter(([key]) => KEYS.includes(key)));
  if (state.IntegrationUri !== undefined) state.IntegrationUri = plainFunctionUri(state.IntegrationUri) ?? "";
  // HTTP APIs take it and forget it.
  if (protocol === "HTTP") delete state.PassthroughBehavior;
  return withDefaults(state, defaultsOf(state, protocol));
}

function defaultsOf(state: JsonObject, protocol: Protocol): JsonObject {
  const http = protocol === "HTTP";
  const type = textOf(state.IntegrationType);
  const service = !isEmpty(state.IntegrationSubtype);
  const lambda = http && type === "AWS_PROXY" && !service;
  const method = type === "HTTP_PROXY" ? "ANY" : /^AWS/.test(type) && !service ? "POST" : undefined;
  return {
    ConnectionType: "INTERNET",
    TimeoutInMillis: http ? 30_000 : 29_000,
    // Required for Lambda on HTTP APIs; AWS's console fills in 2.0.
    PayloadFormatVersion: lambda ? "2.0" : "1.0",
    ...(method === undefined ? {} : { IntegrationMethod: method }),
    ...(http ? {} : { PassthroughBehavior: "WHEN_NO_MATCH" }),
  };
}

export function liveIntegration(api: Live, answer: JsonObject): Live {
  const state = integrationState(answer, protocolOfApi(api));
  return {
    type: INTEGRATION,
    name: integrationName(api.name, shortTarget(answer)),
    id: textOf(answer.IntegrationId),
    parentId: api.id,
    state,
    attributes: childAttributes(api, answer),
    ...(answer.ApiGatewayManaged === true ? { managed: true } : {}),
  };
}

/** True for integrations whose parameters are an action's. */
export function isService(state: JsonObject): boolean {
  return !isEmpty(state.IntegrationSubtype);
}

/** AWS has no way to take a parameter from a service integration (Terraform's issue 50061). */
export function losesParameter(path: string, before: JsonObject, after: JsonObject): boolean {
  if (!path.startsWith("RequestParameters") || !isService(before)) return false;
  const old = before.RequestParameters;
  const next = objectOf(after.RequestParameters);
  return isObject(old) && Object.keys(old).some((key) => isEmpty(next[key]));
}
