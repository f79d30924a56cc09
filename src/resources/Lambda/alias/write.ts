/** Creating, changing and deleting aliases. */
import type { AliasConfiguration, CreateAliasRequest, Lambda } from "@aws-sdk/client-lambda";
import { ifFound } from "../../../aws/errors.ts";
import { waitFor } from "../../../aws/retry.ts";
import { sdkInput } from "../../../aws/sdk-input.ts";
import { isEmpty, type JsonObject } from "../../../model/values.ts";
import type { MakeLive } from "../../definition.ts";
import { jsonOf, objectOf, textOf } from "../../live-values.ts";
import type { CreateContext, DeleteContext, Live, UpdateContext } from "../../type.ts";
import { type InvokeTarget, putEventInvoke } from "../event-invoke.ts";
import { ALIASES_TAG } from "../function/state.ts";
import { functionNameOf } from "../permission/read.ts";
import { lambda } from "../service.ts";
import { answerOf } from "./read.ts";

/** How long weights may stay: those that AWS sets go when the instances of the new version are ready. */
const WEIGHTS_MS = 900_000;
/** https://docs.aws.amazon.com/lambda/latest/api/API_ProvisionedConcurrencyConfigListItem.html */
const STARTING = "IN_PROGRESS";
const STARTED = "READY";

/** All of it: what UpdateAlias does not get may stay, as Terraform found of the weights. */
function inputOf({ FunctionVersion, Description, RoutingConfig }: JsonObject): JsonObject {
  return {
    FunctionVersion: textOf(FunctionVersion),
    Description: textOf(Description),
    RoutingConfig: { AdditionalVersionWeights: objectOf(objectOf(RoutingConfig).AdditionalVersionWeights) },
  };
}

export async function createAlias(context: CreateContext, live: MakeLive): Promise<Live> {
  const { aws, state, stack, parent, desired } = context;
  const client = await aws.client(lambda);
  const fn = parent ?? { name: desired.dependency("lambdaFunction")?.name ?? "", attributes: {} };
  const target = { FunctionName: functionNameOf(fn), Qualifier: textOf(state.Name) };
  // Before there is one, so that a crash leaves none that no reading looks for.
  if (parent !== undefined && parent.tags?.[ALIASES_TAG] === undefined)
    await client.tagResource({ Resource: parent.id, Tags: { [ALIASES_TAG]: "true" } });
  const { FunctionName, Qualifier: Name } = target;
  const answer = await client.createAlias(
    sdkInput<CreateAliasRequest>({ ...inputOf(state), FunctionName, Name }),
  );
  if (!isEmpty(state.EventInvokeConfig)) await putEventInvoke(client, target, state.EventInvokeConfig);
  await putProvisioned(client, target, {}, state);
  return live(madeOf(jsonOf(answer), state, true), { stack, parent });
}

export async function updateAlias(context: UpdateContext, live: MakeLive): Promise<Live> {
  const { aws, state, stack, parent, live: before, changed } = context;
  const client = await aws.client(lambda);
  const target = targetOf(before);
  const { FunctionName, Qualifier: Name } = target;
  let answer = before.attributes;
  const moves = changed("FunctionVersion");
  const provisions = changed("ProvisionedConcurrencyConfig");
  const keepsReady = !isEmpty(state.ProvisionedConcurrencyConfig);
  // Before it moves, or AWS would start the instances of the new version.
  if (provisions && !keepsReady) await putProvisioned(client, target, before.state, state);
  if (moves || changed("Description") || changed("RoutingConfig")) {
    let now = await client.updateAlias(sdkInput({ ...inputOf(state), FunctionName, Name }));
    // An alias with instances has weights of AWS's own after a move: the old version gets every call until the new one is ready.
    // Only a new number of instances cannot be set meanwhile; else they are awaited together (`wait`).
    if (isEmpty(state.RoutingConfig) && hasWeights(now) && (provisions || !keepsReady))
      now = await waitFor(aws, () => client.getAlias({ FunctionName, Name }), {
        until: (seen) => !hasWeights(seen),
        awaiting: `alias ${before.name} to have no weights`,
        deadlineMs: WEIGHTS_MS,
      });
    answer = jsonOf(now);
  }
  if (changed("EventInvokeConfig")) await putEventInvoke(client, target, state.EventInvokeConfig);
  if (provisions && keepsReady) await putProvisioned(client, target, before.state, state);
  return live(madeOf(answer, state, moves || provisions), { stack, parent });
}

export async function deleteAlias({ aws, live }: DeleteContext): Promise<void> {
  const client = await aws.client(lambda);
  const target = targetOf(live);
  await putProvisioned(client, target, live.state, {});
  if (!isEmpty(live.state.EventInvokeConfig)) await putEventInvoke(client, target, {});
  await ifFound(() => client.deleteAlias({ FunctionName: target.FunctionName, Name: target.Qualifier }));
}

/** From the ARN, which ends in `function:NAME:ALIAS`. */
function targetOf({ id }: Live): Required<InvokeTarget> {
  const [, FunctionName = "", Qualifier = ""] = /:function:([^:]+):([^:]+)$/.exec(id) ?? [];
  return { FunctionName, Qualifier };
}

function hasWeights({ RoutingConfig }: AliasConfiguration): boolean {
  return Object.keys(RoutingConfig?.AdditionalVersionWeights ?? {}).length > 0;
}

async function putProvisioned(
  client: Lambda,
  target: Required<InvokeTarget>,
  before: JsonObject,
  after: JsonObject,
): Promise<void> {
  const wanted = objectOf(after.ProvisionedConcurrencyConfig).ProvisionedConcurrentExecutions;
  if (typeof wanted === "number")
    await client.putProvisionedConcurrencyConfig({ ...target, ProvisionedConcurrentExecutions: wanted });
  else if (!isEmpty(before.ProvisionedConcurrencyConfig))
    await ifFound(() => client.deleteProvisionedConcurrencyConfig({ ...target }));
}

/** The alias after a write. Its instances are started again when it moves to another version. */
function madeOf(answer: JsonObject, state: JsonObject, moves: boolean): JsonObject {
  const wanted = objectOf(state.ProvisionedConcurrencyConfig).ProvisionedConcurrentExecutions;
  const provisioned =
    wanted === undefined
      ? {}
      : { RequestedProvisionedConcurrentExecutions: wanted, Status: moves ? STARTING : STARTED };
  return answerOf(answer, provisioned, objectOf(state.EventInvokeConfig));
}
