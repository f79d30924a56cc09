/** Our deployments, found through their stages: which they are, what they serve, their names. */
import { isEmpty, type JsonObject } from "../../../model/values.ts";
import { tagsOf, textOf } from "../../live-values.ts";
import type { Live, Pairable } from "../../type.ts";
import { DEPLOYMENT_TAG, ownDeployments, servedByMark } from "./mark.ts";

export function deploymentName(api: string): string {
  return `deployment::${api}`;
}

/** What a live deployment's attributes keep for deletion: the deployments of ours behind its stage. */
const OWN = "OwnDeployments";

/** A stage and the deployment it is on as one answer of AWS. */
export function answerOf(stage: JsonObject, deployment: JsonObject): JsonObject {
  const DeploymentId = textOf(stage.DeploymentId);
  const mark = tagsOf(stage)[DEPLOYMENT_TAG] ?? "";
  return {
    ...deployment,
    DeploymentId,
    StageName: textOf(stage.StageName),
    Served: servedByMark(mark, DeploymentId),
    [OWN]: [...ownDeployments(mark, DeploymentId)],
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
