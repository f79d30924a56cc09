/** Stages. Facts: https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-stages.html */
import { sdkInput } from "../../../aws/sdk-input.ts";
import { isEmpty } from "../../../model/values.ts";
import { defineType } from "../../define.ts";
import { objectOf, textOf } from "../../live-values.ts";
import { apiNameOf, managedByAws, ofParent, parentApi, parentAttributes, ROUTE, STAGE } from "../common.ts";
import { DEPLOYMENT_TAG } from "../deployment/mark.ts";
import { listStages } from "../lists.ts";
import { gatewayTags, logDelivery } from "../permissions.ts";
import { routeName } from "../route/key.ts";
import { apiGateway } from "../service.ts";
import { gatewayTagCalls, stageArn } from "../tagging.ts";
import { inspectStage } from "./inspect.ts";
import { checkStage, stageSchema } from "./schema.ts";
import { deleteStage, updateStage } from "./write.ts";

export const stage = defineType({
  type: STAGE,
  summary: "An address of an API, with its own settings, variables and logs.",
  service: apiGateway,
  attributes: {
    id: "The stage's name.",
    "live.InvokeUrl": "The address at which callers reach the stage.",
    "live.Arn": "The stage's ARN in the control plane, for tags.",
  },
  outputs: { InvokeUrl: "InvokeUrl" },
  quotas: [
    { name: "stages per API", most: 10, adjustable: true },
    { name: "variables per stage", most: 100, elementsOf: "StageVariables" },
  ],
  permissions: {
    read: ["GetStages"],
    write: [
      "GetStage",
      "CreateStage",
      "UpdateStage",
      "DeleteStage",
      "DeleteAccessLogSettings",
      "DeleteRouteSettings",
      "TagResource",
      "UntagResource",
    ],
    besides: { ...gatewayTags, ...logDelivery },
  },
  dependencies: {
    api: parentApi,
    logGroup: { type: "CloudWatchLogs::LogGroup" },
  },
  properties: stageSchema,
  inspect: inspectStage,
  identity: { by: "parent", property: "StageName" },
  id: "StageName",
  tags: gatewayTagCalls,
  noteTags: [DEPLOYMENT_TAG],
  consequence: (live) => `Callers of ${textOf(live.attributes.InvokeUrl) || live.name} will fail.`,
  comesAfter: (entry) =>
    Object.keys(objectOf(entry.properties.RouteSettings)).map((key) => ({
      type: ROUTE,
      name: routeName(apiNameOf(entry), key),
    })),
  checks: checkStage,
  fromSpec(properties, desired) {
    const logs = objectOf(properties.AccessLogSettings);
    const group = desired.dependency("logGroup");
    if (group === undefined || !isEmpty(logs.DestinationArn)) return properties;
    return { ...properties, AccessLogSettings: { ...logs, DestinationArn: group.attribute("Arn") } };
  },
  fromAws(answer, { parent, stack }) {
    const name = textOf(answer.StageName);
    return {
      ...answer,
      ...parentAttributes(parent),
      Arn: stageArn(stack, parent?.id ?? "", name),
      InvokeUrl: `${textOf(parent?.attributes.ApiEndpoint)}${name === "$default" ? "" : `/${name}`}`,
    };
  },
  standing: managedByAws,
  calls: {
    wholeList: (reading, { parent }) => listStages(reading, ofParent(parent).ApiId),
    create: (client, input, { parent }) => client.createStage(sdkInput({ ...ofParent(parent), ...input })),
    update: updateStage,
    delete: (_client, _live, context) => deleteStage(context),
  },
});
