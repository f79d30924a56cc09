/** Who changed what a comparison found to differ: asked of CloudTrail, once per comparison. */
import type { ConnectedAws } from "../../../src/aws/connect.ts";
import { identify } from "../../../src/aws/identity.ts";
import { readTrail } from "../../../src/engine/trail/read.ts";
import type { GitHubRequest } from "../../../src/github/client.ts";
import { hasChanges, type Plan } from "../../../src/model/plan.ts";
import type { Run } from "../../../src/model/run.ts";
import { newestDeployed } from "../../gates/facts/deployed.ts";
import type { Services, StageAccess } from "../../services/services.ts";
import { messageOf } from "../../../src/model/errors.ts";

/** Nobody waits longer for it: where CloudTrail cannot be reached, its calls alone would take minutes to fail. */
const PATIENCE_MS = 30_000;

interface Asking {
  readonly services: Services;
  readonly request: GitHubRequest;
  readonly run: Run;
  readonly stage: StageAccess;
  readonly aws: ConnectedAws;
  readonly signal: AbortSignal;
}

/** The plan with what CloudTrail tells. Without it where it tells nothing: a comparison never fails for it. */
export async function withTrail(asking: Asking, plan: Plan): Promise<Plan> {
  if (!hasChanges(plan)) return plan;
  const { services, run, stage, aws, signal } = asking;
  const onFailure = (reason: string): void => {
    services.log.warn({ run: run.id, reason }, "could not ask CloudTrail who changed what differs");
  };
  try {
    const [{ at, ids }, own] = await Promise.all([
      lastApplied(asking),
      identify(aws).then(({ arn }) => [arn, stage.role, stage.planRole].flatMap((one) => one ?? [])),
    ]);
    const enough = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);
    const trail = await readTrail(aws, plan, { since: at, known: ids, own, signal: enough, onFailure });
    signal.throwIfAborted();
    return trail === undefined ? plan : { ...plan, trail };
  } catch (error) {
    signal.throwIfAborted();
    onFailure(messageOf(error));
    return plan;
  }
}

/** When AWS was last made what a spec says, and the ids that things had then. */
async function lastApplied({ services, request, run: { stack } }: Asking): Promise<{
  readonly at: number | undefined;
  readonly ids: ReadonlyMap<string, string>;
}> {
  const { store } = services;
  const [newest] = await store.listRuns({ stack, states: ["succeeded"], kinds: ["apply"], limit: 1 });
  if (newest === undefined) {
    // Inside a workflow, and for what an older bot applied: GitHub's record.
    const deployed = await newestDeployed(services, request, stack);
    return { at: deployed?.at.getTime(), ids: new Map() };
  }
  const result = (await store.getRun(newest.id))?.result;
  return {
    at: newest.endedAt?.getTime(),
    ids: new Map(
      [...(result?.plan.changes ?? []), ...(result?.results ?? [])].flatMap(({ key, id }) =>
        id === undefined ? [] : [[key, id] as const],
      ),
    ),
  };
}
