/**
 * The deployment of a stage without AutoDeploy. `Served` is a digest of what the Api serves; a stage that serves
 * something else needs a new deployment, whoever changed what.
 */
import { fail } from "../../../model/errors.ts";
import { isEmpty, isUnknown, type JsonObject } from "../../../model/values.ts";
import { tagsOf, textOf } from "../../live-values.ts";
import type { Desired, Live, Pairable } from "../../type.ts";
import { childAttributes, DEPLOYMENT, STAGE } from "../common.ts";
import { DEPLOYMENT_TAG, ownDeployments, servedByMark } from "./mark.ts";

export function deploymentName(api: string): string {
  return `deployment::${api}`;
}

export function desiredDeployment(desired: Desired): JsonObject {
  const { Description, StageName } = desired.properties;
  const stage = desired.dependency("stage");
  const name = stage?.properties.StageName ?? StageName;
  if (isEmpty(name) || name === undefined) {
    return fail("DEPENDENCY_MISSING", `${desired.name} does not say which stage it is for`, {
      hint: "Name it in dependencies.stage, or remove the Deployment: a stage without AutoDeploy gets one automatically.",
      resource: `${DEPLOYMENT}::${desired.name}`,
    });
  }
  // A stage that is to be made (anew) is on no deployment yet, whatever the Api serves.
  const served =
    stage !== undefined && isUnknown(stage.id)
      ? stage.id
      : (desired.served ?? { $unknown: `${desired.name} Served` });
  return {
    StageName: name,
    Served: served,
    ...(isEmpty(Description) ? {} : { Description: Description ?? "" }),
  };
}

/** True while the stage is to be made anew: the old one takes the place of its deployment along. */
export function isForNewStage({ Served }: JsonObject): boolean {
  return isUnknown(Served) && Served.$unknown.startsWith(`${STAGE}::`);
}

/** What a live deployment's attributes keep for deletion: the deployments of ours behind its stage. */
const OWN = "OwnDeployments";

export function liveDeployment(api: Live, stage: JsonObject, deployment: JsonObject, name: string): Live {
  const id = textOf(stage.DeploymentId);
  const mark = tagsOf(stage)[DEPLOYMENT_TAG] ?? "";
  const StageName = textOf(stage.StageName);
  const description = textOf(deployment.Description);
  return {
    type: DEPLOYMENT,
    name,
    id,
    parentId: api.id,
    state: {
      StageName,
      Served: servedByMark(mark, id),
      ...(description === "" ? {} : { Description: description }),
    },
    attributes: {
      ...childAttributes(api, deployment),
      DeploymentId: id,
      StageName,
      [OWN]: [...ownDeployments(mark, id)],
    },
  };
}

/** The deployments of ours behind a live one's stage. */
export function ownOf(live: Live): readonly string[] {
  const own = live.attributes[OWN];
  return Array.isArray(own) ? own.filter((id) => typeof id === "string") : [];
}

/** The live deployments among an Api's stages: one for each without AutoDeploy on which we have deployed. */
export function markedStages(stages: readonly JsonObject[]): readonly JsonObject[] {
  return stages.filter(
    (stage) =>
      stage.AutoDeploy !== true && !isEmpty(tagsOf(stage)[DEPLOYMENT_TAG]) && !isEmpty(stage.DeploymentId),
  );
}

/** `deployment::api`, with the stage behind it when the Api has several without AutoDeploy: as the loader names them. */
export function liveName(api: Live, stages: readonly JsonObject[], stage: JsonObject): string {
  const manual = stages.filter((one) => one.AutoDeploy !== true);
  const name = deploymentName(api.name);
  return manual.length > 1 ? `${name}::${textOf(stage.StageName)}` : name;
}

/** A deployment is its stage's, whatever either is called while the number of stages changes. */
export function pairDeployments(
  desired: readonly Pairable[],
  live: readonly Live[],
): ReadonlyMap<Pairable, Live> {
  const byStage = new Map(live.map((one) => [textOf(one.state.StageName), one]));
  const pairs = new Map<Pairable, Live>();
  for (const one of desired) {
    const stage = textOf(one.state.StageName);
    const partner = byStage.get(stage);
    if (partner === undefined) continue;
    pairs.set(one, partner);
    byStage.delete(stage);
  }
  return pairs;
}
