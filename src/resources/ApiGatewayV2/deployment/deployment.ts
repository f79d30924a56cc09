/** Deployments of stages without AutoDeploy: docs/decisions/0001. */
import { factLists, optional } from "../../facts.ts";
import { withDeployments } from "./implied.ts";
import { jsonOf, textOf } from "../../live-values.ts";
import { flag, properties, text } from "../../schema.ts";
import type { DeleteContext, Live, ReadContext, ResourceType, UpdateContext } from "../../type.ts";
import {
  apiNameOf,
  apiOf,
  AUTHORIZER,
  DEPLOYMENT,
  INTEGRATION,
  MODEL,
  parentApi,
  ROUTE,
  readChildren,
  STAGE,
} from "../common.ts";
import { deleteUnused, deploy, unmark } from "./deploy.ts";
import {
  deploymentName,
  desiredDeployment,
  isForNewStage,
  liveDeployment,
  liveName,
  markedStages,
  ownOf,
  pairDeployments,
} from "./state.ts";
import { listDeployments, listStages } from "../lists.ts";
import { stageName } from "../common.ts";
import { apiGateway } from "../service.ts";
import { gatewayTags } from "../permissions.ts";

const schema = properties({
  Description: optional(text(), "Description of the deployment."),
  StageName: optional(text(), "The stage that it is for. Default: the dependency stage, or the only one."),
  AutoDeployed: optional(
    flag(),
    "Only returned by AWS. Accepted so that generated specs load; AWS creates such a deployment itself.",
  ),
});

async function read(context: ReadContext): Promise<readonly Live[]> {
  return readChildren(context, async (api) => {
    const stages = await listStages(context, api.id);
    const marked = markedStages(stages);
    if (marked.length === 0) return [];
    const deployments = await listDeployments(context, api.id);
    return marked.map((stage) => {
      const own = deployments.find(({ DeploymentId }) => DeploymentId === stage.DeploymentId);
      return liveDeployment(api, stage, own ?? {}, liveName(api, stages, stage));
    });
  });
}

async function update(context: UpdateContext): Promise<Live> {
  const { aws, live, state, changed, desired } = context;
  if (changed("Served") || changed("StageName")) return deploy(context, ownOf(live));
  const api = apiOf(context);
  const client = await aws.client(apiGateway);
  const answer = await client.updateDeployment({
    ApiId: api.id,
    DeploymentId: live.id,
    Description: textOf(state.Description),
  });
  return {
    ...live,
    name: desired.name,
    state,
    attributes: { ...live.attributes, ...jsonOf(answer), Description: textOf(state.Description) },
  };
}

/** Those that a stage is still on stay: it has been given AutoDeploy, or told to stay on one. */
async function remove(context: DeleteContext): Promise<void> {
  const { aws, live } = context;
  const of = { ApiId: live.parentId ?? "", StageName: textOf(live.state.StageName) };
  const gone: boolean[] = [];
  // One that a stage is on stays: it has been given AutoDeploy, or told to stay there.
  for (const id of ownOf(live)) gone.push(await deleteUnused(aws, of.ApiId, id));
  await unmark(context, of, ownOf(live), gone.every(Boolean));
}

export const deployment: ResourceType = {
  type: DEPLOYMENT,
  summary:
    "The snapshot that a stage without AutoDeploy serves. Created again whenever the API changes; it need not be in the spec.",
  service: apiGateway,
  attributes: { id: "The deployment's id." },
  permissions: {
    read: ["GetDeployments", "GetStages"],
    write: [
      "GetDeployment",
      "GetStage",
      "CreateDeployment",
      "UpdateDeployment",
      "DeleteDeployment",
      "UpdateStage",
      "TagResource",
      "UntagResource",
    ],
    besides: gatewayTags,
  },
  dependencies: { api: parentApi, stage: { type: STAGE } },
  schema,
  ...factLists(schema),
  taggable: false,
  replaceOrder: "create-first",
  serves: {
    types: [ROUTE, INTEGRATION, AUTHORIZER, MODEL],
    // API Gateway refuses a deployment of an Api without routes.
    needs: ROUTE,
    callers: "stage",
    ignores: ["Tags", "Description", "Name"],
    property: "Served",
  },
  arrange: (drafts, index) => withDeployments(deployment, drafts, index),
  deletedAfter: [STAGE],
  consequence: () => undefined,
  canonical(entry) {
    const { StageName } = entry.properties;
    if (typeof StageName !== "string" || entry.dependencies.stage !== undefined) return entry;
    const stage = [stageName(apiNameOf(entry), StageName)];
    return { ...entry, dependencies: { ...entry.dependencies, stage } };
  },
  name: (entry) => deploymentName(apiNameOf(entry)),
  aliases: (entry) => (entry.name === undefined ? [] : [entry.name]),
  desiredState: desiredDeployment,
  replaces: ({ path }, _before, after) => (path === "Served" && isForNewStage(after) ? true : undefined),
  pair: pairDeployments,
  read,
  create: (context) => deploy(context, []),
  update,
  delete: remove,
};
