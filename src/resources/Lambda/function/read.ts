/** Reading functions: one GetFunction each, more only where the spec or a tag of ours says that there is more. */
import type { GetFunctionResponse, Lambda } from "@aws-sdk/client-lambda";
import { ifFound } from "../../../aws/errors.ts";
import { fail } from "../../../model/errors.ts";
import { isEmpty, type JsonObject } from "../../../model/values.ts";
import { jsonOf } from "../../live-values.ts";
import type { Live, Lookup, ReadContext } from "../../type.ts";
import { isPublished } from "./publish.ts";
import { functionLive, INVOKE_TAG, PUBLISHED_TAG, SIGNING_TAG, URL_TAG } from "./state.ts";
import { lambda } from "../service.ts";
import { own } from "../../../model/own.ts";

export async function readFunctions({ aws, lookups }: ReadContext): Promise<readonly Live[]> {
  const byName = new Map<string, Lookup>();
  for (const lookup of lookups) {
    if (byName.get(lookup.name)?.properties === undefined) byName.set(lookup.name, lookup);
  }
  const client = await aws.client(lambda);
  const found = await Promise.all([...byName.values()].map((lookup) => readFunction(client, lookup)));
  return found.filter((live) => live !== undefined);
}

/** One function as AWS has it; undefined when there is none. */
function readFunction(client: Lambda, lookup: Lookup): Promise<Live | undefined> {
  return ifFound(async () => {
    const answer = await client.getFunction({ FunctionName: lookup.name });
    refuseHalfAnswers(lookup.name, answer);
    const tags = answer.Tags ?? {};
    const wants = (key: string): boolean => !isEmpty(own(lookup.properties, key));
    const [url, signingConfigArn, invoke, published] = await Promise.all([
      wants("FunctionUrlConfig") || tags[URL_TAG] !== undefined ? readUrl(client, lookup.name) : undefined,
      wants("CodeSigningConfigArn") || tags[SIGNING_TAG] !== undefined
        ? client
            .getFunctionCodeSigningConfig({ FunctionName: lookup.name })
            .then((got) => got.CodeSigningConfigArn)
        : undefined,
      wants("EventInvokeConfig") || tags[INVOKE_TAG] !== undefined
        ? ifFound(async () =>
            jsonOf(await client.getFunctionEventInvokeConfig({ FunctionName: lookup.name })),
          )
        : undefined,
      lookup.properties?.Publish === true
        ? isPublished(client, answer.Configuration ?? {}, tags[PUBLISHED_TAG])
        : undefined,
    ]);
    return functionLive({
      configuration: jsonOf(answer.Configuration ?? {}),
      code: jsonOf(answer.Code ?? {}),
      tags,
      reservedConcurrency: answer.Concurrency?.ReservedConcurrentExecutions,
      url,
      signingConfigArn,
      invoke,
      published,
    });
  });
}

/** The function's URL; undefined when it has none. */
function readUrl(client: Lambda, FunctionName: string): Promise<JsonObject | undefined> {
  return ifFound(async () => jsonOf(await client.getFunctionUrlConfig({ FunctionName })));
}

/**
 * GetFunction succeeds even if a part of it was denied, and leaves that part out. Treating that as "not set" would
 * make a plan delete tags or environment variables.
 */
function refuseHalfAnswers(name: string, answer: GetFunctionResponse): void {
  const faults = [
    { part: "tags", action: "lambda:ListTags", error: answer.TagsError },
    { part: "environment", action: "kms:Decrypt", error: answer.Configuration?.Environment?.Error },
    {
      part: "image settings",
      action: "ecr:BatchGetImage",
      error: answer.Configuration?.ImageConfigResponse?.Error,
    },
  ];
  for (const { part, action, error } of faults) {
    if (error === undefined) continue;
    fail(
      "AWS_ACCESS_DENIED",
      `AWS does not return the ${part} of function ${name}: ${error.ErrorCode}: ${error.Message}`,
      {
        hint: `Allow ${action} to the role in use.`,
        resource: `Lambda::Function::${name}`,
      },
    );
  }
}
