/** Reading aliases: three lists for a function that has some, none for every other. */
import { isEmpty, type JsonObject } from "../../../model/values.ts";
import { readUnder } from "../../calls.ts";
import type { MakeLive } from "../../definition.ts";
import { jsonOf, listOf, objectOf, textOf } from "../../live-values.ts";
import type { Live, ReadContext } from "../../type.ts";
import { eventInvokeState } from "../event-invoke.ts";
import { ALIASES_TAG } from "../function/state.ts";
import { functionNameOf } from "../permission/read.ts";
import { lambda } from "../service.ts";

/** https://docs.aws.amazon.com/lambda/latest/api/API_ProvisionedConcurrencyConfigListItem.html */
const FAILED = "FAILED";

export async function readAliases(
  { aws, stack, parents, lookups }: ReadContext,
  live: MakeLive,
): Promise<readonly Live[]> {
  const client = await aws.client(lambda);
  const some = parents.filter(
    ({ name, tags = {} }) => ALIASES_TAG in tags || lookups.some((one) => one.name.startsWith(`${name}::`)),
  );
  return readUnder(some, async (parent) => {
    const FunctionName = functionNameOf(parent);
    const aliases = await all((marker) => client.listAliases({ FunctionName, ...marker }), "Aliases");
    if (aliases.length === 0) return [];
    const [provisioned, invokes] = await Promise.all([
      all(
        (marker) => client.listProvisionedConcurrencyConfigs({ FunctionName, ...marker }),
        "ProvisionedConcurrencyConfigs",
      ),
      all(
        (marker) => client.listFunctionEventInvokeConfigs({ FunctionName, ...marker }),
        "FunctionEventInvokeConfigs",
      ),
    ]);
    return aliases.map((alias) => {
      const of = (list: readonly JsonObject[]) => list.find((one) => one.FunctionArn === alias.AliasArn);
      return live(answerOf(alias, of(provisioned), of(invokes)), { stack, parent });
    });
  });
}

/** An alias with what only other calls say. */
export function answerOf(
  alias: JsonObject,
  provisioned: JsonObject = {},
  invoke: JsonObject = {},
): JsonObject {
  const { RequestedProvisionedConcurrentExecutions: wanted, Status, StatusReason } = provisioned;
  // None could be started, so the next apply asks for them again.
  const instances = Status === FAILED ? 0 : (wanted ?? 0);
  return {
    ...alias,
    Arn: alias.AliasArn ?? "",
    EventInvokeConfig: eventInvokeState(invoke),
    ProvisionedConcurrencyConfig: isEmpty(wanted) ? {} : { ProvisionedConcurrentExecutions: instances },
    ProvisionedStatus: textOf(Status),
    ProvisionedStatusReason: textOf(StatusReason),
  };
}

/** Every item of a list, page after page. */
async function all(
  getPage: (marker: { Marker?: string }) => Promise<object>,
  member: string,
): Promise<readonly JsonObject[]> {
  const found: JsonObject[] = [];
  let marker: { Marker?: string } = {};
  for (;;) {
    const page = jsonOf(await getPage(marker));
    found.push(...listOf(page[member]).map(objectOf));
    if (isEmpty(page.NextMarker)) return found;
    marker = { Marker: textOf(page.NextMarker) };
  }
}
