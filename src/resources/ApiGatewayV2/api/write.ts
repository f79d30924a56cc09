/** Making, changing and deleting Apis. */
import { sdkInput } from "../../../aws/sdk-input.ts";
import { isEmpty, type JsonObject, withoutEmpty } from "../../../model/values.ts";
import { jsonOf, objectOf, tagsOf } from "../../live-values.ts";
import type { CreateContext, DeleteContext, Live, UpdateContext } from "../../type.ts";
import { readQuickCreated } from "./read.ts";
import { liveApi, QUICK_CREATE, SUPERSEDED_TAG } from "./state.ts";
import { changedTexts, ifThere } from "../common.ts";
import { freshReading } from "../lists.ts";
import { apiArn, updateTags } from "../tagging.ts";
import { apiGateway } from "../service.ts";

export async function createApi(context: CreateContext): Promise<Live> {
  const client = await context.aws.client(apiGateway);
  const input = withoutEmpty(context.state);
  // The default; API Gateway refuses the member for HTTP APIs.
  if (input.DisableSchemaValidation === false) delete input.DisableSchemaValidation;
  return afterWrite(context, jsonOf(await client.createApi(sdkInput(input))));
}

async function afterWrite({ aws, stack, desired, state }: CreateContext, answer: JsonObject): Promise<Live> {
  const live = liveApi(answer, stack, desired.properties, {});
  if (isEmpty(state.Target)) return live;
  const quick = await readQuickCreated(freshReading(aws), live.id);
  return liveApi(answer, stack, desired.properties, quick);
}

const TEXTS = [
  "Description",
  "Version",
  "RouteSelectionExpression",
  "ApiKeySelectionExpression",
  ...QUICK_CREATE,
];
const SETTINGS = ["DisableExecuteApiEndpoint", "DisableSchemaValidation", "IpAddressType"];

export async function updateApi(context: UpdateContext): Promise<Live> {
  const { aws, stack, live, state, changed } = context;
  const client = await aws.client(apiGateway);
  const ApiId = live.id;
  if (changed("Tags")) await updateTags(context, apiArn(stack, ApiId));
  if (changed("CorsConfiguration") && mustDropCors(live.state, state))
    await ifThere(client.deleteCorsConfiguration({ ApiId }));
  const input: JsonObject = changedTexts(context, [...TEXTS, ...SETTINGS]);
  if (changed("CorsConfiguration") && !isEmpty(state.CorsConfiguration))
    input.CorsConfiguration = corsUpdate(live.state, state);
  const answer = isEmpty(input)
    ? await client.getApi({ ApiId })
    : await client.updateApi(sdkInput({ ApiId, ...input }));
  return afterWrite(context, { ...jsonOf(answer), Tags: tagsOf(state) });
}

/** Only its own delete call takes CORS back, and only that takes back a MaxAge: updates merge member by member. */
function mustDropCors(before: JsonObject, after: JsonObject): boolean {
  const old = objectOf(before.CorsConfiguration);
  const next = objectOf(after.CorsConfiguration);
  return !isEmpty(old) && (isEmpty(next) || (old.MaxAge !== undefined && next.MaxAge === undefined));
}

/** Every list, since those that are not sent stay: an empty one clears. */
function corsUpdate(before: JsonObject, after: JsonObject): JsonObject {
  const gone = Object.entries(objectOf(before.CorsConfiguration)).filter(([, value]) => Array.isArray(value));
  return { ...Object.fromEntries(gone.map(([key]) => [key, []])), ...objectOf(after.CorsConfiguration) };
}

/** Deletes the Api with everything in it. */
export async function deleteApi({ aws, live }: DeleteContext): Promise<void> {
  await ifThere((await aws.client(apiGateway)).deleteApi({ ApiId: live.id }));
}

/** Marks the old Api before its replacement is created, so that after a crash the two can be distinguished. */
export async function supersedeApi({ aws, stack, live }: DeleteContext): Promise<void> {
  const client = await aws.client(apiGateway);
  await client.tagResource({ ResourceArn: apiArn(stack, live.id), Tags: { [SUPERSEDED_TAG]: live.id } });
}
