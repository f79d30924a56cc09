/** Integrations. Facts: https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-integrations.html */
import { sdkInput } from "../../../aws/sdk-input.ts";
import { isEmpty, isObject, type JsonObject, withoutEmpty } from "../../../model/values.ts";
import { defineType } from "../../define.ts";
import { objectOf, textOf } from "../../live-values.ts";
import type { CreateContext, Desired, UpdateContext } from "../../type.ts";
import { callsWithoutPermission } from "../callers.ts";
import {
  apiOf,
  INTEGRATION,
  ofParent,
  parentApi,
  parentAttributes,
  protocolOfApi,
  VPC_LINK,
} from "../common.ts";
import { invocationUri } from "../function-uri.ts";
import { listIntegrations } from "../lists.ts";
import { passRole } from "../permissions.ts";
import { apiGateway, GATEWAY } from "../service.ts";
import { callsWithoutTrust } from "../../policy/trust.ts";
import { inspectIntegration } from "./inspect.ts";
import { pairIntegrations } from "./pair.ts";
import { checkIntegration, integrationProperties, isService } from "./properties.ts";
import { desiredName, integrationName, nameByTarget, shortTarget } from "./target.ts";
import { timeoutFindings } from "./timeout.ts";

export const integration = defineType({
  type: INTEGRATION,
  summary: "The target of a route: a Lambda function, a URL, a private endpoint or another AWS service.",
  service: apiGateway,
  properties: integrationProperties,
  dependencies: {
    api: parentApi,
    lambdaFunction: { type: "Lambda::Function", fills: "IntegrationUri", with: "FunctionArn" },
    lambdaAlias: { type: "Lambda::Alias", fills: "IntegrationUri", with: "AliasArn" },
    role: { type: "IAM::Role", fills: "CredentialsArn", with: "Arn" },
    eventBus: { type: "CloudWatchEvents::EventBus" },
    sqsQueue: { type: "SQS::Queue" },
    dynamoDbTable: { type: "DynamoDB::Table", orderOnly: true },
    stepFunctionsStateMachine: { type: "StepFunctions::StateMachine" },
    listener: { type: "ElasticLoadBalancingV2::Listener", fills: "IntegrationUri" },
    vpcLink: { type: VPC_LINK, fills: "ConnectionId" },
  },
  // It has no name: its target identifies it.
  identity: { by: "parent", property: "IntegrationUri" },
  namedAfterOthers: true,
  id: "IntegrationId",
  canonical: (entry) => entry,
  name: desiredName,
  aliases: (entry) => [nameByTarget(entry)],
  liveName: (answer, { parent }) => integrationName(parent?.name ?? "", shortTarget(answer)),
  pair: pairIntegrations,
  replaceOrder: "create-first",
  replaces: ({ path }, before, after) => (losesParameter(path, before, after) ? true : undefined),
  checks: checkIntegration,
  called:
    "`integration::API::TARGET`, where the target is the name of the dependency it calls (`lambdaFunction`, `eventBus`, `sqsQueue`, `stepFunctionsStateMachine`, `listener`), else its URI; or a `name` of its own, which tells integrations to one target apart",
  attributes: { id: "The integration's id." },
  outputs: { IntegrationId: "IntegrationId" },
  quotas: [
    {
      name: "integrations per API",
      most: 300,
      adjustable: ({ ProtocolType }) => ProtocolType === "WEBSOCKET",
    },
  ],
  inspect: (one, spec) => [
    ...timeoutFindings(one, spec),
    ...inspectIntegration(one, spec),
    ...callsWithoutPermission(one, spec, { role: "CredentialsArn", what: "answers 500" }),
    ...callsWithoutTrust(one, spec, { ...GATEWAY, what: "its calls answer 500" }),
  ],
  permissions: {
    read: ["GetIntegrations"],
    write: ["CreateIntegration", "UpdateIntegration", "DeleteIntegration"],
    besides: passRole,
  },
  consequence: (live) => `Routes that use integration ${live.id} will fail.`,
  fromSpec: withDependencies,
  fromAws: (answer, { parent }) => ({ ...answer, ...parentAttributes(parent) }),
  standing: ({ ApiGatewayManaged }) => (ApiGatewayManaged === true ? { managed: true } : {}),
  calls: {
    wholeList: (reading, { parent }) => listIntegrations(reading, ofParent(parent).ApiId),
    create: (client, input, context) =>
      client.createIntegration(sdkInput({ ...ofParent(context.parent), ...input, ...uriInput(context) })),
    update: (client, input, context) =>
      client.updateIntegration(
        sdkInput({
          ...ofParent(context.parent),
          IntegrationId: context.live.id,
          ...input,
          // Without them, AWS treats the integration as one that has none.
          IntegrationType: textOf(context.state.IntegrationType),
          ...(isService(context.state)
            ? { IntegrationSubtype: textOf(context.state.IntegrationSubtype) }
            : {}),
          ...(context.changed("IntegrationUri") ? uriInput(context) : {}),
          ...mergedInput(context),
        }),
      ),
    delete: (client, { id, parentId }) => client.deleteIntegration({ ApiId: parentId, IntegrationId: id }),
  },
});

/** What dependencies say besides what they fill in: the connection, and what a service integration acts on. */
function withDependencies(properties: JsonObject, desired: Desired): JsonObject {
  const connected =
    desired.dependency("vpcLink") !== undefined && isEmpty(properties.ConnectionType)
      ? { ...properties, ConnectionType: "VPC_LINK" }
      : properties;
  if (!isService(properties)) return connected;
  const RequestParameters = { ...actedOn(desired), ...objectOf(properties.RequestParameters) };
  // Its function or listener is there for the order only.
  return { ...connected, IntegrationUri: desired.properties.IntegrationUri ?? "", RequestParameters };
}

function actedOn(desired: Desired): JsonObject {
  const bus = desired.dependency("eventBus");
  const queue = desired.dependency("sqsQueue");
  const machine = desired.dependency("stepFunctionsStateMachine");
  return {
    ...(bus === undefined ? {} : { EventBusName: bus.attribute("Arn") }),
    ...(queue === undefined ? {} : { QueueUrl: queue.attribute("QueueUrl") }),
    ...(machine === undefined ? {} : { StateMachineArn: machine.attribute("stateMachineArn") }),
  };
}

/** The URI as AWS is to get it: the user's own spelling, else the form that the protocol wants. */
function uriInput(context: CreateContext): JsonObject {
  const { desired, stack, state } = context;
  if (isEmpty(state.IntegrationUri)) return {};
  const written = desired.properties.IntegrationUri;
  if (written !== undefined && !isEmpty(written)) return { IntegrationUri: written };
  const uri = textOf(state.IntegrationUri);
  const websocket = protocolOfApi(apiOf(context)) === "WEBSOCKET";
  return { IntegrationUri: websocket ? invocationUri(stack, uri) : uri };
}

/**
 * What AWS merges in an update. A service integration gets all its parameters every time: AWS drops what is not sent
 * (Terraform's issue 22647). Elsewhere parameters are merged key by key, and responses by status code.
 */
function mergedInput({ live, state, changed }: UpdateContext): JsonObject {
  const responses = objectOf(state.ResponseParameters);
  const gone = Object.keys(objectOf(live.state.ResponseParameters)).filter((status) =>
    isEmpty(responses[status]),
  );
  return {
    ...(isService(state) ? { RequestParameters: objectOf(state.RequestParameters) } : {}),
    ...(changed("ResponseParameters")
      ? {
          ResponseParameters: {
            ...Object.fromEntries(gone.map((status) => [status, {}])),
            ...withoutEmpty(responses),
          },
        }
      : {}),
    ...(changed("TlsConfig") && isEmpty(state.TlsConfig) ? { TlsConfig: { ServerNameToVerify: "" } } : {}),
  };
}

/** AWS has no way to take a parameter from a service integration (Terraform's issue 50061). */
function losesParameter(path: string, before: JsonObject, after: JsonObject): boolean {
  if (!path.startsWith("RequestParameters") || !isService(before)) return false;
  const old = before.RequestParameters;
  const next = objectOf(after.RequestParameters);
  return isObject(old) && Object.keys(old).some((key) => isEmpty(next[key]));
}
