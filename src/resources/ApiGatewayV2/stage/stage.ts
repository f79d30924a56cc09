/** Stages. Facts: https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-stages.html */
import { factLists } from "../../facts.ts";
import { objectOf, textOf } from "../../live-values.ts";
import { nameFrom, propertyName } from "../../naming.ts";
import type { ResourceType } from "../../type.ts";
import { apiNameOf, parentApi, ROUTE, readChildren, STAGE, stageName } from "../common.ts";
import { listStages } from "../lists.ts";
import { routeName } from "../route/key.ts";
import { stageSchema } from "./schema.ts";
import { desiredStage, liveStage, losesThrottle } from "./state.ts";
import { createStage, deleteStage, updateStage } from "./write.ts";
import { gatewayTags, logDelivery } from "../permissions.ts";
import { apiGateway } from "../service.ts";

export const stage: ResourceType = {
  type: STAGE,
  summary: "An address of an API, with its own settings, variables and logs.",
  service: apiGateway,
  attributes: {
    id: "The stage's name.",
    "live.InvokeUrl": "The address at which callers reach the stage.",
    "live.Arn": "The stage's ARN in the control plane, for tags.",
  },
  outputs: { InvokeUrl: "InvokeUrl" },
  quotas: [{ name: "stages per API", most: 10 }],
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
  schema: stageSchema,
  ...factLists(stageSchema),
  taggable: true,
  replaceOrder: "delete-first",
  consequence: (live) => `Callers of ${textOf(live.attributes.InvokeUrl) || live.name} will fail.`,
  canonical(entry) {
    // `my-api::dev` is the stage `dev` too: it is what plans call it.
    const prefix = stageName(apiNameOf(entry), "");
    const name = entry.name?.startsWith(prefix) ? entry.name.slice(prefix.length) : entry.name;
    return nameFrom("StageName", { ...entry, name });
  },
  name: (entry) => stageName(apiNameOf(entry), propertyName("StageName", entry)),
  aliases: (entry) => [propertyName("StageName", entry)],
  comesAfter: (entry) =>
    Object.keys(objectOf(entry.properties.RouteSettings)).map((key) => ({
      type: ROUTE,
      name: routeName(apiNameOf(entry), key),
    })),
  desiredState: desiredStage,
  replaces: ({ path }, _before, after) => (losesThrottle(path, after) ? true : undefined),
  read(context) {
    const wanted = new Map(context.lookups.map(({ name, properties }) => [name, properties]));
    return readChildren(context, async (api) =>
      (await listStages(context, api.id)).map((answer) =>
        liveStage(api, answer, context.stack, wanted.get(stageName(api.name, textOf(answer.StageName)))),
      ),
    );
  },
  create: createStage,
  update: updateStage,
  delete: deleteStage,
};
