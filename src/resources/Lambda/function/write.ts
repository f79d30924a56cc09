/** Creating, changing and deleting functions. Lambda takes one change at a time and says when it is done. */
import type { CreateFunctionRequest, FunctionConfiguration, Lambda } from "@aws-sdk/client-lambda";
import { ifFound } from "../../../aws/errors.ts";
import { sdkInput } from "../../../aws/sdk-input.ts";
import { isEmpty, type JsonObject } from "../../../model/values.ts";
import { jsonOf, objectOf, tagChanges, tagsOf, textOf } from "../../live-values.ts";
import type { CreateContext, DeleteContext, Live, UpdateContext } from "../../type.ts";
import { codeInput, configurationInput, createInput, publishing } from "./input.ts";
import { changesVersion, publish, remember } from "./publish.ts";
import { checkCode, CODE_TAG, functionLive, hiddenTags, PUBLISHED_TAG } from "./state.ts";
import { putEventInvoke } from "../event-invoke.ts";
import { putUrl } from "./url.ts";
import { settled } from "./wait.ts";
import { lambda } from "../service.ts";

export async function createFunction(context: CreateContext): Promise<Live> {
  const { aws, state, desired } = context;
  const client = await aws.client(lambda);
  const name = textOf(state.FunctionName);
  const input: CreateFunctionRequest = {
    ...sdkInput<CreateFunctionRequest>(createInput(state)),
    ...publishing(desired.properties),
    ...(state.Publish === true ? { Publish: true } : {}),
    Code: await codeInput(context),
    Tags: tagsOf(state),
  };
  const made = await client.createFunction(input);
  const configuration = await settled(aws, client, name, made);
  checkCode(name, desired, configuration.CodeSha256);
  await putConcurrency(client, name, state.ReservedConcurrentExecutions);
  const url = await putUrl(client, name, state.FunctionUrlConfig, false);
  if (!isEmpty(state.EventInvokeConfig))
    await putEventInvoke(client, { FunctionName: name }, state.EventInvokeConfig);
  const published = state.Publish === true ? (made.Version ?? "") : undefined;
  if (published !== undefined) {
    // With SnapStart, minutes after the function: an alias of it would turn calls away until then.
    await settled(aws, client, `${name}:${published}`, made);
    await remember(client, { id: configuration.FunctionArn ?? "", tags: {} }, published);
  }
  return liveAfter(configuration, state, { ...tagsOf(state), ...publishedTag(published) }, url);
}

export async function updateFunction(context: UpdateContext): Promise<Live> {
  const { aws, state, live, changed, changes } = context;
  const client = await aws.client(lambda);
  const name = live.name;
  const tags = tagChanges(live.state, state);
  const { [CODE_TAG]: codeMark, ...marks } = tags.set;
  // Marks go first: after a crash they say that there may be more to read. The code's mark goes last, with the removed
  // ones: before the code is there it would be a lie.
  if (!isEmpty(marks)) await client.tagResource({ Resource: live.id, Tags: marks });
  if (changed("CodeSigningConfigArn")) await putSigning(client, name, textOf(state.CodeSigningConfigArn));
  let configuration: FunctionConfiguration | undefined;
  const fromS3 = codeMark !== undefined || (tags.remove.includes(CODE_TAG) && !isEmpty(state.Code));
  if (changed("CodeSha256") || changed("Code") || changed("Architectures") || fromS3) {
    configuration = await putCode(context, client);
  }
  const input = configurationInput(withEnvironment(context));
  if (input !== undefined) {
    const answer = await client.updateFunctionConfiguration(input);
    configuration = await settled(aws, client, name, answer);
  }
  if (changed("ReservedConcurrentExecutions")) {
    await putConcurrency(client, name, state.ReservedConcurrentExecutions ?? null);
  }
  let url = urlBefore(live);
  if (changed("FunctionUrlConfig")) {
    url = await putUrl(client, name, state.FunctionUrlConfig, !isEmpty(live.state.FunctionUrlConfig));
  }
  if (changed("EventInvokeConfig"))
    await putEventInvoke(client, { FunctionName: name }, state.EventInvokeConfig);
  const publishes = state.Publish === true && changesVersion(changes);
  const published = publishes ? await publish(aws, client, live) : undefined;
  if (codeMark !== undefined) await client.tagResource({ Resource: live.id, Tags: { [CODE_TAG]: codeMark } });
  if (tags.remove.length > 0) await client.untagResource({ Resource: live.id, TagKeys: tags.remove });
  const kept = { ...hiddenTags(live.tags), ...publishedTag(published) };
  const { FunctionUrl: _url, Configuration: _nested, ...before } = live.attributes;
  return liveAfter({ ...before, ...configuration }, state, { ...tagsOf(state), ...kept }, url);
}

function publishedTag(version: string | undefined): Record<string, string> {
  return version === undefined ? {} : { [PUBLISHED_TAG]: version };
}

/** A role that is set again needs a new grant for what was encrypted for the old one. */
function withEnvironment(context: UpdateContext): UpdateContext {
  const { state, live, changed } = context;
  const again = changed("Role") && state.Role === live.state.Role && !isEmpty(state.Environment);
  return again
    ? { ...context, changed: (property) => property === "Environment" || changed(property) }
    : context;
}

async function putCode(context: UpdateContext, client: Lambda): Promise<FunctionConfiguration> {
  const { aws, state, live, desired } = context;
  const code = await codeInput(context);
  const keyGone = !isEmpty(objectOf(live.state.Code).SourceKMSKeyArn) && code.SourceKMSKeyArn === undefined;
  const answer = await client.updateFunctionCode({
    FunctionName: live.name,
    ...code,
    ...(keyGone ? { SourceKMSKeyArn: "" } : {}),
    Architectures: sdkInput<{ Architectures: ["x86_64"] }>(state, ["Architectures"]).Architectures,
    ...publishing(desired.properties),
  });
  const settledNow = await settled(aws, client, live.name, answer);
  checkCode(live.name, desired, settledNow.CodeSha256);
  return settledNow;
}

async function putConcurrency(client: Lambda, FunctionName: string, reserved: unknown): Promise<void> {
  if (typeof reserved === "number") {
    await client.putFunctionConcurrency({ FunctionName, ReservedConcurrentExecutions: reserved });
  } else if (reserved === null) await client.deleteFunctionConcurrency({ FunctionName });
}

async function putSigning(client: Lambda, FunctionName: string, CodeSigningConfigArn: string): Promise<void> {
  if (CodeSigningConfigArn === "") await client.deleteFunctionCodeSigningConfig({ FunctionName });
  else await client.putFunctionCodeSigningConfig({ FunctionName, CodeSigningConfigArn });
}

function urlBefore(live: Live): JsonObject | undefined {
  const url = live.attributes.FunctionUrl;
  return url === undefined ? undefined : { ...objectOf(live.state.FunctionUrlConfig), FunctionUrl: url };
}

/** The live form after a write, from what was written and what AWS answered: saves a reading. */
function liveAfter(
  configuration: FunctionConfiguration | JsonObject,
  state: JsonObject,
  tags: Readonly<Record<string, string>>,
  url: JsonObject | undefined,
): Live {
  const answered = functionLive({ configuration: jsonOf(configuration), code: {}, tags, url });
  return { ...answered, state, attributes: answered.attributes };
}

export async function deleteFunction({ aws, live }: DeleteContext): Promise<void> {
  const client = await aws.client(lambda);
  await ifFound(() => client.deleteFunction({ FunctionName: live.name }));
}
