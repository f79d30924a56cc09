/** Making a deployment and removing those it takes the place of. */
import type { Aws } from "../../../aws/aws.ts";
import { errorName, isNotFound } from "../../../aws/errors.ts";
import { waitFor } from "../../../aws/retry.ts";
import { fail } from "../../../model/errors.ts";
import type { JsonObject } from "../../../model/values.ts";
import { jsonOf, textOf, tagsOf } from "../../live-values.ts";
import type { CreateContext, DeleteContext } from "../../type.ts";
import { apiOf } from "../common.ts";
import { DEPLOYMENT_TAG, deploymentsInMark, doneMark, ownDeployments, pendingMark } from "./mark.ts";
import { answerOf } from "./state.ts";
import { stageArn } from "../tagging.ts";
import { apiGateway } from "../service.ts";

/** How long a deployment may be PENDING. AWS documents no limit; it usually takes seconds. */
const DEADLINE_MS = 120_000;

/**
 * Deploys the Api to the stage. Wherever a run dies, the next one sees that the mark does not fit the stage, deploys
 * once more and removes what was left behind: before the mark says "done", the earlier deployments are gone.
 * @param earlier deployments of ours that the stage's own mark may not know (the stage was replaced)
 */
export async function deploy(context: CreateContext, earlier: readonly string[]): Promise<JsonObject> {
  const { aws, stack, state } = context;
  const api = apiOf(context);
  const client = await aws.client(apiGateway);
  const of = { ApiId: api.id, StageName: textOf(state.StageName) };
  const ResourceArn = stageArn(stack, api.id, of.StageName);

  const before = jsonOf(await client.getStage(of));
  const mark = tagsOf(before)[DEPLOYMENT_TAG] ?? "";
  const own = [...new Set([...earlier, ...ownDeployments(mark, textOf(before.DeploymentId))])];
  await client.tagResource({ ResourceArn, Tags: { [DEPLOYMENT_TAG]: pendingMark(own) } });

  const Description = textOf(state.Description);
  const made = await client.createDeployment({ ...of, ...(Description === "" ? {} : { Description }) });
  const deployment = await deployed(aws, api.id, jsonOf(made));
  const id = textOf(deployment.DeploymentId);
  for (const old of own) if (old !== id) await deleteUnused(aws, api.id, old);

  const done = doneMark(id, textOf(state.Served));
  await client.tagResource({ ResourceArn, Tags: { [DEPLOYMENT_TAG]: done } });
  const stage = { ...before, DeploymentId: id, Tags: { ...tagsOf(before), [DEPLOYMENT_TAG]: done } };
  return answerOf(stage, deployment);
}

/** Waits until the deployment serves. A failed one is an error with AWS's reason. */
async function deployed(aws: Aws, ApiId: string, made: JsonObject): Promise<JsonObject> {
  const client = await aws.client(apiGateway);
  const DeploymentId = textOf(made.DeploymentId);
  let last = made;
  if (last.DeploymentStatus === "PENDING") {
    last = await waitFor(aws, async () => jsonOf(await client.getDeployment({ ApiId, DeploymentId })), {
      awaiting: `deployment ${DeploymentId} of API ${ApiId} to be DEPLOYED`,
      deadlineMs: DEADLINE_MS,
      until: ({ DeploymentStatus }) => DeploymentStatus !== "PENDING",
    });
  }
  if (last.DeploymentStatus !== "FAILED") return last;
  const reason = textOf(last.DeploymentStatusMessage) || "AWS gives no reason";
  return fail("DEPLOYMENT_FAILED", `deployment ${DeploymentId} of API ${ApiId} failed: ${reason}`, {
    hint: "Fix what AWS reports and apply again. The stage still serves the previous deployment.",
  });
}

/** Deletes a deployment unless a stage is on it. True when it is gone. */
export async function deleteUnused(aws: Aws, ApiId: string, DeploymentId: string): Promise<boolean> {
  try {
    await (await aws.client(apiGateway)).deleteDeployment({ ApiId, DeploymentId });
    return true;
  } catch (error) {
    if (isNotFound(error)) return true;
    if (isInUse(error)) return false;
    throw error;
  }
}

/** AWS's words: "Active stages pointing to this deployment must be moved or deleted" (Terraform's issue 25495). */
function isInUse(error: unknown): boolean {
  const refused = ["BadRequestException", "ConflictException"].includes(errorName(error));
  return refused && error instanceof Error && /stage/i.test(error.message);
}

/**
 * Takes the mark from the stage that the deployments were for: unless the stage is gone, has been deployed to since
 * (the mark names another), or deploys itself while one of them is still there. The next deployment by hand, or the end
 * of the stage, then removes that one.
 */
export async function unmark(
  { aws, stack }: DeleteContext,
  of: { readonly ApiId: string; readonly StageName: string },
  own: readonly string[],
  allGone: boolean,
): Promise<void> {
  const client = await aws.client(apiGateway);
  try {
    const stage = jsonOf(await client.getStage(of));
    const mark = tagsOf(stage)[DEPLOYMENT_TAG];
    if (mark === undefined || deploymentsInMark(mark).some((id) => !own.includes(id))) return;
    if (!allGone && stage.AutoDeploy === true) return;
    const ResourceArn = stageArn(stack, of.ApiId, of.StageName);
    await client.untagResource({ ResourceArn, TagKeys: [DEPLOYMENT_TAG] });
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
}
