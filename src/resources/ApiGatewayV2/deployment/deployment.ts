/**
 * Deployments of stages without AutoDeploy; docs/decisions/0001. `Served` is a digest of what the Api serves; a stage
 * that serves something else needs a new deployment, whoever made the change.
 */
import { fail } from "../../../model/errors.ts";
import { isEmpty, isUnknown, type JsonObject } from "../../../model/values.ts";
import { readUnder } from "../../calls.ts";
import { defineType } from "../../define.ts";
import type { MakeLive, Verbs } from "../../definition.ts";
import { optional } from "../../facts.ts";
import { jsonOf, textOf } from "../../live-values.ts";
import { flag, limitedText, properties } from "../../schema.ts";
import type { Desired, Live, ResourceType } from "../../type.ts";
import {
  apiNameOf,
  apiOf,
  AUTHORIZER,
  DEPLOYMENT,
  INTEGRATION,
  INTEGRATION_RESPONSE,
  MODEL,
  parentApi,
  parentAttributes,
  ROUTE,
  ROUTE_RESPONSE,
  STAGE,
  stageName,
} from "../common.ts";
import { listDeployments, listStages } from "../lists.ts";
import { gatewayTags } from "../permissions.ts";
import { apiGateway } from "../service.ts";
import { deleteUnused, deploy, unmark } from "./deploy.ts";
import { withDeployments } from "./implied.ts";
import { answerOf, deploymentName, liveName, markedStages, ownOf, pairDeployments } from "./state.ts";

export const deployment: ResourceType = defineType({
  type: DEPLOYMENT,
  summary:
    "The snapshot that a stage without AutoDeploy serves. Created again whenever the API changes; it need not be in the spec.",
  service: apiGateway,
  properties: properties({
    Description: optional(limitedText(1024), "Description of the deployment."),
    StageName: optional(limitedText(128, 1), "The stage that it is for.", {
      defaultWords: "the dependency stage, or the only one",
    }),
    AutoDeployed: optional(
      flag(),
      "Only returned by AWS. Accepted so that generated specs load; AWS creates such a deployment itself.",
      { ignored: true },
    ),
  }),
  dependencies: { api: parentApi, stage: { type: STAGE } },
  identity: { by: "parent", property: "StageName" },
  id: "DeploymentId",
  canonical(entry) {
    const { StageName } = entry.properties;
    if (typeof StageName !== "string" || entry.dependencies.stage !== undefined) return entry;
    const stage = [stageName(apiNameOf(entry), StageName)];
    return { ...entry, dependencies: { ...entry.dependencies, stage } };
  },
  name: (entry) => deploymentName(apiNameOf(entry)),
  aliases: (entry) => (entry.name === undefined ? [] : [entry.name]),
  pair: pairDeployments,
  serves: {
    types: [ROUTE, INTEGRATION, AUTHORIZER, MODEL, INTEGRATION_RESPONSE, ROUTE_RESPONSE],
    // API Gateway refuses a deployment of an Api without routes.
    needs: ROUTE,
    callers: "stage",
    ignores: ["Tags", "Description", "Name"],
    property: "Served",
  },
  arrange: (drafts, index) => withDeployments(deployment, drafts, index),
  deletedAfter: [STAGE],
  replaceOrder: "create-first",
  replaces: ({ path }, _before, after) => (path === "Served" && isForNewStage(after) ? true : undefined),
  called:
    "`deployment::API`; with several stages that do not deploy by themselves, `deployment::API::STAGENAME`",
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
  consequence: () => undefined,
  fromSpec: withStage,
  fromAws: (answer, { parent }) => ({ ...answer, ...parentAttributes(parent) }),
  verbs,
});

/** The stage's name and the digest of what it is to serve. */
function withStage(given: JsonObject, desired: Desired): JsonObject {
  const stage = desired.dependency("stage");
  const StageName = stage?.properties.StageName ?? given.StageName;
  if (isEmpty(StageName) || StageName === undefined) {
    return fail("DEPENDENCY_MISSING", `${desired.name} does not say which stage it is for`, {
      hint: "Name it in dependencies.stage, or remove the Deployment: a stage without AutoDeploy gets one automatically.",
      resource: `${DEPLOYMENT}::${desired.name}`,
    });
  }
  // A stage that is created or replaced has no deployment yet, whatever the Api serves.
  const Served =
    stage !== undefined && isUnknown(stage.id)
      ? stage.id
      : (desired.served ?? { $unknown: `${desired.name} Served` });
  return { ...given, StageName, Served };
}

/** True while the stage is being replaced: the old stage takes its deployment with it. */
function isForNewStage({ Served }: JsonObject): boolean {
  return isUnknown(Served) && Served.$unknown.startsWith(`${STAGE}::`);
}

function verbs(live: MakeLive): Verbs {
  return {
    read: (context) =>
      readUnder(context.parents, async (parent): Promise<readonly Live[]> => {
        const stages = await listStages(context, parent.id);
        const marked = markedStages(stages);
        if (marked.length === 0) return [];
        const deployments = await listDeployments(context, parent.id);
        return marked.map((stage) => {
          const own = deployments.find(({ DeploymentId }) => DeploymentId === stage.DeploymentId);
          const made = live(answerOf(stage, own ?? {}), { stack: context.stack, parent });
          return { ...made, name: liveName(parent, stages, stage) };
        });
      }),
    create: async (context) => {
      const answer = await deploy(context, []);
      return {
        ...live(answer, { stack: context.stack, parent: apiOf(context) }),
        name: context.desired.name,
      };
    },
    async update(context) {
      const { aws, live: before, stack, state, changed, desired } = context;
      const parent = apiOf(context);
      if (changed("Served") || changed("StageName"))
        return { ...live(await deploy(context, ownOf(before)), { stack, parent }), name: desired.name };
      const Description = textOf(state.Description);
      const client = await aws.client(apiGateway);
      const changes = { ApiId: parent.id, DeploymentId: before.id, Description };
      const answer = jsonOf(await client.updateDeployment(changes));
      const made = live({ ...before.attributes, ...state, ...answer, Description }, { stack, parent });
      return { ...made, name: desired.name };
    },
    /** Those that a stage still uses are kept: it got AutoDeploy, or is pinned to one. */
    async delete(context) {
      const { aws, live: leaving } = context;
      const of = { ApiId: leaving.parentId ?? "", StageName: textOf(leaving.state.StageName) };
      const gone: boolean[] = [];
      for (const id of ownOf(leaving)) gone.push(await deleteUnused(aws, of.ApiId, id));
      await unmark(context, of, ownOf(leaving), gone.every(Boolean));
    },
  };
}
