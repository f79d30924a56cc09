import * as client from "@aws-sdk/client-apigatewayv2";
import { sdk } from "../core/sdk.ts";
import { newDeployment } from "./stage-auto-deploy.ts";
import { badRequest, checkLength, compact, notFound } from "./common.ts";
import { inApi, placeOf } from "./resource.ts";
import { atMost, refuse } from "./rules.ts";

/** Freezes the API's routes; with StageName the stage points to the new deployment at once. */
const create = sdk<client.ApiGatewayV2>(client)("createDeployment", (ctx, input) => {
  const { api } = placeOf(ctx, input.ApiId);
  checkLength("description", input.Description, 1024);
  if (api.routes.size === 0) throw badRequest("Unable to deploy API because no routes exist in this API");
  const stage = input.StageName === undefined ? undefined : api.stages.get(input.StageName);
  if (input.StageName !== undefined && stage === undefined) throw notFound("stage");
  if (stage?.AutoDeploy === true) {
    throw badRequest("Unable to create a deployment for a stage that has auto-deploy enabled");
  }
  const Description = input.Description === "" ? undefined : input.Description;
  const deployment = newDeployment(ctx, api, compact({ Description }));
  if (stage !== undefined) {
    const { DeploymentId } = deployment;
    api.stages.set(stage.StageName ?? "", { ...stage, DeploymentId, LastUpdatedDate: ctx.now() });
  }
  return deployment;
});

/** Deployments: they change nothing that is served, and a new one may be PENDING for some reads. */
export const deployments = [
  create,
  ...inApi<client.Deployment>({
    noun: "Deployment",
    store: ({ api }) => api.deployments,
    id: 6,
    except: ["Create"],
    still: true,
    newestFirst: true,
    rules: [atMost("Description", 1024)],
    seen: (it, { api }) => {
      const id = it.DeploymentId ?? "";
      const left = api.pending.get(id);
      if (left === undefined) return it;
      api.pending.set(id, left - 1);
      if (left > 0) return it;
      api.pending.delete(id);
      return { ...it, DeploymentStatus: "DEPLOYED" };
    },
    removal: [
      refuse(
        (it, { api }) => [...api.stages.values()].some((stage) => stage.DeploymentId === it.DeploymentId),
        "Active stages pointing to this deployment must be moved or deleted",
      ),
    ],
    remove: (it, { api }) => {
      api.deployments.delete(it.DeploymentId ?? "");
      api.snapshots.delete(it.DeploymentId ?? "");
    },
  }),
];
