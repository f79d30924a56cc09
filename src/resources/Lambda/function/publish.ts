/** The version that a function with `Publish` has: made after every change of code or configuration, remembered by a tag. */
import type { FunctionConfiguration, Lambda } from "@aws-sdk/client-lambda";
import { ifFound } from "../../../aws/errors.ts";
import type { Aws } from "../../../aws/aws.ts";
import { canonicalJson, type JsonObject } from "../../../model/values.ts";
import { jsonOf } from "../../live-values.ts";
import type { Live, PropertyChange } from "../../type.ts";
import { functionLive, PUBLISHED_TAG } from "./state.ts";
import { settled } from "./wait.ts";

/** Settings beside a version: a function has them, or each of its versions and aliases for itself. */
const BESIDE =
  /^(Tags|FunctionUrlConfig|ReservedConcurrentExecutions|CodeSigningConfigArn|EventInvokeConfig)\b/;

export function changesVersion(changes: readonly Pick<PropertyChange, "path">[]): boolean {
  return changes.some(({ path }) => !BESIDE.test(path));
}

/**
 * Publishes the function as it is, and remembers the number. AWS gives the last version again when nothing has changed since:
 * https://docs.aws.amazon.com/lambda/latest/api/API_PublishVersion.html
 */
export async function publish(
  aws: Aws,
  client: Lambda,
  { id, name, tags }: Pick<Live, "id" | "name" | "tags">,
): Promise<string> {
  const answer = await client.publishVersion({ FunctionName: name });
  const version = answer.Version ?? "";
  await settled(aws, client, `${name}:${version}`, answer);
  await remember(client, { id, tags }, version);
  return version;
}

export async function remember(
  client: Lambda,
  { id, tags }: Pick<Live, "id" | "tags">,
  version: string,
): Promise<void> {
  if (tags?.[PUBLISHED_TAG] !== version)
    await client.tagResource({ Resource: id, Tags: { [PUBLISHED_TAG]: version } });
}

/** Whether a version is what the function is now. */
export async function isPublished(
  client: Lambda,
  latest: FunctionConfiguration,
  version: string | undefined,
): Promise<boolean> {
  if (version === undefined) return false;
  const FunctionName = latest.FunctionName ?? "";
  const found = await ifFound(() => client.getFunctionConfiguration({ FunctionName, Qualifier: version }));
  return found !== undefined && canonicalJson(compared(found)) === canonicalJson(compared(latest));
}

function compared(configuration: FunctionConfiguration): JsonObject {
  return functionLive({ configuration: jsonOf(configuration), code: {}, tags: {} }).state;
}
