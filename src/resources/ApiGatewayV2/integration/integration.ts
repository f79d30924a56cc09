/** Integrations. Facts: https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-integrations.html */
import { factLists } from "../../facts.ts";
import { callsWithoutPermission } from "../callers.ts";
import { timeoutFindings } from "./timeout.ts";
import type { ResourceType } from "../../type.ts";
import { INTEGRATION, parentApi, readChildren, VPC_LINK } from "../common.ts";
import { pairIntegrations } from "./pair.ts";
import { checkIntegration, integrationSchema } from "./schema.ts";
import { desiredIntegration, liveIntegration, losesParameter } from "./state.ts";
import { desiredName, nameByTarget } from "./target.ts";
import { createIntegration, deleteIntegration, updateIntegration } from "./write.ts";
import { listIntegrations } from "../lists.ts";
import { passRole } from "../permissions.ts";
import { apiGateway } from "../service.ts";

export const integration: ResourceType = {
  type: INTEGRATION,
  summary: "The target of a route: a Lambda function, a URL, a private endpoint or another AWS service.",
  service: apiGateway,
  attributes: { id: "The integration's id." },
  outputs: { IntegrationId: "IntegrationId" },
  quotas: [{ name: "integrations per API", most: 300 }],
  inspect: (one, spec) => [
    ...timeoutFindings(one, spec),
    ...callsWithoutPermission(one, spec, { role: "CredentialsArn", what: "answers 500" }),
  ],
  permissions: {
    read: ["GetIntegrations"],
    write: ["CreateIntegration", "UpdateIntegration", "DeleteIntegration"],
    besides: passRole,
  },
  dependencies: {
    api: parentApi,
    lambdaFunction: { type: "Lambda::Function" },
    role: { type: "IAM::Role" },
    eventBus: { type: "CloudWatchEvents::EventBus" },
    sqsQueue: { type: "SQS::Queue" },
    dynamoDbTable: { type: "DynamoDB::Table", orderOnly: true },
    stepFunctionsStateMachine: { type: "StepFunctions::StateMachine" },
    listener: { type: "ElasticLoadBalancingV2::Listener" },
    vpcLink: { type: VPC_LINK },
  },
  schema: integrationSchema,
  ...factLists(integrationSchema),
  taggable: false,
  replaceOrder: "create-first",
  consequence: (live) => `Routes that use integration ${live.id} will fail.`,
  canonical: (entry) => entry,
  name: desiredName,
  aliases: (entry) => [nameByTarget(entry)],
  check: checkIntegration,
  desiredState: desiredIntegration,
  replaces: ({ path }, before, after) => (losesParameter(path, before, after) ? true : undefined),
  pair: pairIntegrations,
  read: (context) =>
    readChildren(context, async (api) =>
      (await listIntegrations(context, api.id)).map((answer) => liveIntegration(api, answer)),
    ),
  create: createIntegration,
  update: updateIntegration,
  delete: deleteIntegration,
};
